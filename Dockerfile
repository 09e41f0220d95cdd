# The chat server, from this folder: docker build -t zashiki .
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements/server.lock.txt requirements/
RUN python -m venv /zashiki \
    && /zashiki/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements/server.lock.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /zashiki/bin/pip install --no-cache-dir --no-deps --no-index --no-build-isolation .

FROM python:3.13-slim
COPY --from=build /zashiki /zashiki
RUN useradd --system --uid 10001 --create-home zashiki && install --directory --owner zashiki --mode 0700 /data
ENV PATH=/zashiki/bin:$PATH PYTHONUNBUFFERED=1 ZASHIKI_DATA_DIR=/data ZASHIKI_HOST=0.0.0.0
USER zashiki
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s CMD ["zashiki", "health"]
# Sockets are told to come back (1012) before the process goes.
STOPSIGNAL SIGTERM
CMD ["zashiki", "serve"]
