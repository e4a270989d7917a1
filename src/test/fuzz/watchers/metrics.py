from prometheus_client import Counter, Gauge, start_http_server
rejects = Counter("desk_rejects_total", "rejects")
depth = Gauge(f"desk_{name}_depth", "depth")
text = "# TYPE desk_age gauge"
start_http_server(port=9100)
