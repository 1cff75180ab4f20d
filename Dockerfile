# One image for web, worker and migrations; docker-compose.yml says which command each of them runs.

FROM node:22-bookworm-slim AS frontend
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --ignore-scripts
COPY frontend/ ./
RUN node build.mjs

FROM python:3.13-slim-bookworm
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /kvarboende
COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY processes/ processes/
COPY app/ app/
COPY workers/ workers/
COPY bpmn-diagrams/ bpmn-diagrams/
COPY --from=frontend /src/app/static/dist/ app/static/dist/
RUN pip install --no-deps --no-build-isolation --no-index --editable . \
    && useradd --system --uid 10001 --home-dir /kvarboende kvarboende \
    && install --directory --owner kvarboende var
USER kvarboende
ENV KVARBOENDE_HOST=0.0.0.0
EXPOSE 8000
CMD ["kvarboende", "serve"]
