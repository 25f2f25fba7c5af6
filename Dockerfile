# One image for every process of ours and for Prefect's server: same code, same versions everywhere.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src

# The libraries, in a layer of their own: it is made again only when the lock changes.
RUN python -m venv --without-pip /opt/sila
COPY requirements-image.lock ./
RUN pip --python /opt/sila/bin/python install --require-hashes --no-deps -r requirements-image.lock

# What builds a wheel comes from the developers' lock, with its hashes, and stays in this stage.
COPY requirements.lock ./
RUN awk '/^[a-z]/ {keep = /^(hatchling|packaging|pathspec|pluggy|trove-classifiers)==/} keep' requirements.lock \
      > build.lock \
 && pip install --require-hashes --no-deps -r build.lock

COPY pyproject.toml README.md LICENSE ./
COPY models models
COPY workflows workflows
COPY integrations integrations
COPY api api
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && pip --python /opt/sila/bin/python install --no-deps --no-index /wheels/*.whl


FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin sila
COPY --from=build /opt/sila /opt/sila
# Nothing is written outside /tmp, so that the root file system can be read-only.
ENV PATH=/opt/sila/bin:$PATH HOME=/tmp PREFECT_HOME=/tmp/prefect PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /tmp
USER 10001:10001
ENTRYPOINT ["sila"]
