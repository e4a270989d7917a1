package dev.pitcrew.model.infra;

import dev.pitcrew.model.Place;

/// A secret that stands in a file in the open. The secret itself is not kept.
///
/// @param format of the reader: `secrets`
/// @param place of its value
/// @param name of the key that holds it; empty when it stands alone
/// @param sort what it opens
/// @param shape how it stands there
/// @param issuer whose it is, such as `Binance` or `Telegram`; empty when unknown
/// @param length of it in characters
public record SecretText(
        String format, Place place, String name, Sort sort, Shape shape, String issuer, int length)
        implements InfraFact {
    /// What a secret opens.
    public enum Sort {
        /// An account at a venue or broker.
        VENUE,
        /// Coins: the key or the words of a wallet.
        WALLET,
        /// Whatever trusts the public key.
        PRIVATE_KEY,
        /// A service: a cloud, a chat, a code host.
        TOKEN,
        /// A store, or what signs sessions.
        PASSWORD
    }

    /// How a secret stands in a file.
    public enum Shape {
        /// As itself.
        LITERAL,
        /// As itself, and everyone would guess it.
        GUESSABLE,
        /// As what is taken when a variable isn't set.
        DEFAULT
    }
}
