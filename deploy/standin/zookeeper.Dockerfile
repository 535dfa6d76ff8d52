# Stands in for the official image "zookeeper".
ARG FROM_IMAGE
FROM ${FROM_IMAGE}
COPY entry /entry
COPY --chown=1000:1000 state/ /data/
COPY --chown=1000:1000 state/ /datalog/
USER 1000:1000
ENTRYPOINT ["/entry"]
