package dev.pitcrew.runtime.balancer;

import dev.pitcrew.runtime.http.Address;
import java.util.Objects;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Sends a request to the target that was chosen for it, once. Its client repeats a request only on a connection that
/// closed before the first byte went out; so a 503 says that the target saw nothing, and a 502 or 504 that it may have.
final class Forwarder extends ProxyHandler.Reverse {
    private static final String TARGET = "pitcrew.target";
    private static final String CHANGE = "pitcrew.change";
    private static final String BEGUN = "pitcrew.begun";
    private static final long CONNECT_MILLIS = 500;
    // Shorter than servers keep idle connections, so that we are the ones who close, and never send
    // on a dying one.
    private static final long IDLE_MILLIS = 15_000;
    private static final int CONNECTIONS_MAX = 128;
    private static final int QUEUE_MAX = 65_536; // a release sends all that was held at once

    Forwarder() {
        super(Forwarder::toTarget);
    }

    private static HttpURI toTarget(Request request) {
        Address target = (Address) Objects.requireNonNull(request.getAttribute(TARGET));
        return HttpURI.build(request.getHttpURI())
                .scheme("http")
                .authority(target.host(), target.port());
    }

    /// @param change which change the target was started by; null when nobody said
    void forward(
            Request request,
            Response response,
            Callback callback,
            Address target,
            @Nullable String change) {
        request.setAttribute(TARGET, target);
        if (change != null) {
            request.setAttribute(CHANGE, change);
        }
        handle(request, response, callback);
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
        super.configureHttpClient(client);
        client.setConnectTimeout(CONNECT_MILLIS);
        client.setIdleTimeout(IDLE_MILLIS);
        client.setMaxConnectionsPerDestination(CONNECTIONS_MAX);
        client.setMaxRequestsQueuedPerDestination(QUEUE_MAX);
        client.setUserAgentField(null);
    }

    @Override
    protected org.eclipse.jetty.client.Request newProxyToServerRequest(
            Request request, HttpURI uri) {
        return super.newProxyToServerRequest(request, uri)
                .onRequestBegin(begun -> begun.attribute(BEGUN, true));
    }

    /// No client says which change it was.
    @Override
    protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request sent) {
        super.addProxyHeaders(request, sent);
        var change = request.getAttribute(CHANGE);
        sent.headers(
                headers -> {
                    headers.remove(BalancerClient.CHANGE);
                    if (change != null) {
                        headers.put(BalancerClient.CHANGE, change.toString());
                    }
                });
    }

    @Override
    protected void onServerToProxyResponseFailure(
            Request request,
            org.eclipse.jetty.client.Request sent,
            org.eclipse.jetty.client.Response answer,
            Response response,
            Callback callback,
            Throwable failure) {
        if (sent.getAttributes().containsKey(BEGUN) || response.isCommitted()) {
            super.onServerToProxyResponseFailure(
                    request, sent, answer, response, callback, failure);
        } else {
            Front.unavailable(request, response, callback, "the instance can't be reached");
        }
    }
}
