package dev.pitcrew.server;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The type of a list of something.
record Several(Class<?> one) implements ParameterizedType {
    static Type of(Class<?> one) {
        return new Several(one);
    }

    @Override
    public Type[] getActualTypeArguments() {
        return new Type[] {one};
    }

    @Override
    public Type getRawType() {
        return List.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
        return null;
    }
}
