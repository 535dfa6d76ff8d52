# Stands in for the official image "postgres".
ARG FROM_IMAGE
FROM ${FROM_IMAGE}
COPY pg/ /usr/local/
COPY entry /entry
COPY --chown=999:999 state/ /var/lib/postgresql/data/
USER 999:999
ENTRYPOINT ["/entry"]
