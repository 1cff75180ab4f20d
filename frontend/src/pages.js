// On every page: htmx lets a part of a page be fetched anew. Without JavaScript links and forms work as they are.
import "htmx.org";
import "./drafts.js";
import "./drawings.js";
import "./handbook.js";
import "./inbox.js";
