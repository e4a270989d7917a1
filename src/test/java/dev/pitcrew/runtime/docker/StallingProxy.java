package dev.pitcrew.runtime.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// Stands between a client and an engine's socket, and passes nothing on while it stalls; connections stay open meanwhile.
public final class StallingProxy implements AutoCloseable {
    private final ServerSocketChannel listens;
    private final Path engine;
    private boolean isStalling;

    public StallingProxy(Path socket, Path engine) throws IOException {
        this.engine = engine;
        listens = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listens.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    public synchronized void stall() {
        isStalling = true;
    }

    public synchronized void resume() {
        isStalling = false;
        notifyAll();
    }

    private synchronized void awaitPassage() throws InterruptedException {
        while (isStalling) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                connect(listens.accept());
            }
        } catch (IOException _) { // closed
        }
    }

    private void connect(SocketChannel client) throws IOException {
        try {
            var server = SocketChannel.open(UnixDomainSocketAddress.of(engine));
            Thread.ofPlatform().daemon().start(() -> pass(client, server));
            Thread.ofPlatform().daemon().start(() -> pass(server, client));
        } catch (IOException _) { // the engine is away
            client.close();
        }
    }

    private void pass(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(1 << 16);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                awaitPassage();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException | InterruptedException _) { // one of them went away
        }
    }

    @Override
    public void close() throws IOException {
        resume();
        listens.close();
    }
}
