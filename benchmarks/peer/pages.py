"""The peer's three pages; each form has one box for everything that is answered, as a first version would."""

HEAD = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Peer</title>
<header>{{ user or "" }}</header>"""
HIDDEN = '<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'
SIGN_IN = f"""{HEAD}<h1>Logga in</h1><form method="post" action="/logga-in">{HIDDEN}
<input name="username"><input name="password" type="password"><button>Logga in</button></form>"""
INBOX = f"""{HEAD}<h1>Inkorg</h1><table>
{{% for task in tasks %}}<tr class="r open"><td><a href="/uppgifter/{{{{ task.id }}}}">{{{{ task.title }}}}</a></td>
<td>{{{{ task.case_title }}}}</td><td>{{{{ task.lane }}}}</td><td>{{{{ task.claimed_by or "" }}}}</td>
<td>{{{{ task.created_at }}}}</td></tr>{{% endfor %}}</table>
<form method="post" action="/arenden">{HIDDEN}<input name="title"><input name="kind"><button>Nytt</button></form>"""
TASK = f"""{HEAD}<h1>{{{{ task.title }}}}</h1>
<form method="post" action="/uppgifter/{{{{ task.id }}}}/ta">{HIDDEN}<button>Ta</button></form>
<form method="post" action="/uppgifter/{{{{ task.id }}}}">{HIDDEN}
<textarea name="notes"></textarea><button>Slutför</button></form>"""
