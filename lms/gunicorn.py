"""How gunicorn serves the site: `gunicorn -c python:lms.gunicorn` in production, the same in the demonstration."""

import os

wsgi_app = "lms.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000").split(",")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
preload_app = True  # loaded once, shared by the workers; nothing in it opens a connection before they fork
keepalive = 75  # a phone between two answers of a quiz keeps its connection
timeout = 60
graceful_timeout = 20
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 -- the heartbeat must not wait for a disk
control_socket_disable = True
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
