# One image for web, worker, migrations and backups; docker-compose.yml says which command each of them runs.
# `docker build --target provider .` makes a second one: the identity provider for trying sign-in out.

FROM node:22.20-trixie-slim AS frontend
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --ignore-scripts
COPY frontend/ ./
RUN node build.mjs

FROM python:3.13-slim-trixie AS python
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --system --uid 10001 --no-create-home --home-dir /kvarboende kvarboende

# An identity provider that lets anybody in under any name: never for real people.
FROM python AS provider
COPY requirements-dev.lock ./
# Of the packages for tests only the provider and what it needs, with their hashes.
RUN awk -v wanted=" annotated-types anyio authlib blinker certifi cffi click cryptography flask h11 htpy httpcore httpx \
idna itsdangerous jinja2 joserfc markupsafe oidc-provider-mock pycparser pydantic pydantic-core typing-extensions \
typing-inspection uvicorn werkzeug " '/^[^ ]/ {split($0, name, /[[=]/); keep = index(wanted, " " name[1] " ")} keep' \
        requirements-dev.lock > provider.lock \
    && pip install --no-deps --require-hashes --only-binary :all: --requirement provider.lock
USER 10001
EXPOSE 9400
CMD ["oidc-provider-mock", "--host", "0.0.0.0", "--port", "9400"]
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9400/.well-known/openid-configuration', timeout=2)"]

FROM python
# For backups: PostgreSQL's client programs must not be older than the server of docker-compose.yml.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-17 \
    && rm --recursive --force /var/lib/apt/lists/*
WORKDIR /kvarboende
COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY processes/ processes/
COPY app/ app/
COPY workers/ workers/
COPY benchmarks/ benchmarks/
COPY bpmn-diagrams/ bpmn-diagrams/
COPY --from=frontend /src/app/static/dist/ app/static/dist/
# Whoever runs it may write backups and, without PostgreSQL, the database; nothing else.
RUN pip install --no-deps --no-build-isolation --no-index --editable . \
    && python -m compileall -q app processes workers \
    && install --directory --owner kvarboende --mode 0700 var /backups
USER 10001
ENV KVARBOENDE_HOST=0.0.0.0 KVARBOENDE_LOG_FORMAT=json
EXPOSE 8000
CMD ["kvarboende", "serve"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
