"""What clients talk to: it keeps nothing, and hands on to the gateway, wherever that is now."""

import os

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response

GATEWAY = os.environ["GATEWAY_URL"]
PASSED_ON = ("content-type", "retry-after")

app = FastAPI(openapi_url=None)
gateway = httpx.AsyncClient(base_url=GATEWAY, timeout=5)


@app.get("/health")
def health():
    return {"version": os.environ.get("VERSION", "1")}


@app.api_route("/orders", methods=["GET", "POST"])
@app.api_route("/orders/{rest:path}", methods=["GET", "POST"])
async def orders(request: Request):
    try:
        answer = await gateway.request(
            request.method, request.url.path, params=request.query_params, content=await request.body()
        )
    except httpx.HTTPError:
        return Response(status_code=503, headers={"Retry-After": "1"})
    headers = {name: value for name, value in answer.headers.items() if name in PASSED_ON}
    return Response(answer.content, answer.status_code, headers)


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning", access_log=False)
