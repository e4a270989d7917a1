package dev.pitcrew.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TreeTest {
    private static final int SIZES = 130;
    private static final TreeHasher HASHER = new TreeHasher();
    private static final List<Hash> LEAVES =
            IntStream.range(0, SIZES)
                    .mapToObj(i -> HASHER.leaf(Bytes.copyOf(new byte[] {(byte) i})))
                    .toList();
    private static final LeafHashes TREE =
            (from, to, action) -> LEAVES.subList((int) from, (int) to).forEach(action);
    private static final List<Hash> ROOTS =
            IntStream.rangeClosed(0, SIZES).mapToObj(size -> Proofs.root(TREE, size)).toList();

    @Test
    void roots_are_those_of_the_reference_vectors_of_rfc_6962() {
        // From certificate-transparency's merkle_tree_test: eight leaves, the roots of sizes 0 to
        // 8.
        var leaves =
                Stream.of(
                                "",
                                "00",
                                "10",
                                "2021",
                                "3031",
                                "40414243",
                                "5051525354555657",
                                "606162636465666768696a6b6c6d6e6f")
                        .map(hex -> HASHER.leaf(Bytes.copyOf(HexFormat.of().parseHex(hex))))
                        .toList();
        var frontier = new Frontier();
        var roots = new ArrayList<>(List.of(frontier.root().hex()));
        for (var leaf : leaves) {
            frontier.add(leaf);
            roots.add(frontier.root().hex());
        }

        assertThat(roots)
                .containsExactly(
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Test
    void every_leaf_of_every_size_is_proved_and_no_other_leaf_is() {
        for (int size = 1; size <= SIZES; size++) {
            for (int index = 0; index < size; index++) {
                var proof = Proofs.inclusion(TREE, index, size);
                var root = ROOTS.get(size);

                assertThat(Proofs.includes(LEAVES.get(index), index, proof, size, root)).isTrue();
                var other = LEAVES.get((index + 1) % SIZES);
                assertThat(Proofs.includes(other, index, proof, size, root)).isFalse();
                assertThat(Proofs.includes(LEAVES.get(index), index + 1, proof, size, root))
                        .isFalse();
            }
        }
    }

    @Test
    void every_two_sizes_are_proved_consistent_and_no_other_root_is() {
        for (int size = 0; size <= SIZES; size++) {
            for (int old = 0; old <= size; old++) {
                var proof = Proofs.consistency(TREE, old, size);
                var oldRoot = ROOTS.get(old);
                var root = ROOTS.get(size);

                assertThat(Proofs.consistent(old, oldRoot, proof, size, root)).isTrue();
                assertThat(Proofs.consistent(old, LEAVES.get(5), proof, size, root)).isFalse();
                if (old > 0) {
                    assertThat(Proofs.consistent(old, oldRoot, proof, size, LEAVES.get(5)))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void a_proof_with_one_hash_changed_added_or_missing_proves_nothing() {
        var root = ROOTS.get(100);
        var proof = Proofs.consistency(TREE, 37, 100);
        for (int i = 0; i < proof.size(); i++) {
            var changed = new ArrayList<>(proof);
            changed.set(i, LEAVES.getFirst());
            assertThat(Proofs.consistent(37, ROOTS.get(37), changed, 100, root)).isFalse();
        }
        var longer = new ArrayList<>(proof);
        longer.add(LEAVES.getFirst());

        assertThat(Proofs.consistent(37, ROOTS.get(37), longer, 100, root)).isFalse();
        var shorter = proof.subList(1, proof.size());
        assertThat(Proofs.consistent(37, ROOTS.get(37), shorter, 100, root)).isFalse();
    }
}
