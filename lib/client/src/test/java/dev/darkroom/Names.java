package dev.darkroom;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Resolves every name to what a test says, one answer after the other, and remembers what it was asked. */
final class Names extends AddressResolverGroup<InetSocketAddress> {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> answers;

    Names(String... answers) {
        this.answers = new ArrayDeque<>(List.of(answers));
    }

    private synchronized List<InetAddress> answer(String name) throws IOException {
        asked.add(name);
        var answer = answers.size() > 1 ? answers.remove() : answers.element();
        var addresses = new ArrayList<InetAddress>();
        for (String address : answer.split(" ")) {
            addresses.add(InetAddress.getByAddress(
                    name, InetAddress.getByName(address).getAddress()));
        }
        return addresses;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetNameResolver(executor) {
            @Override
            protected void doResolve(String name, Promise<InetAddress> promise) throws IOException {
                promise.setSuccess(answer(name).get(0));
            }

            @Override
            protected void doResolveAll(String name, Promise<List<InetAddress>> promise) throws IOException {
                promise.setSuccess(answer(name));
            }
        }.asAddressResolver();
    }

    List<String> asked() {
        return List.copyOf(asked);
    }
}
