package org.referralgateway.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTest {

    /** The leaves and roots by which implementations of Certificate Transparency are compared. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseOfRfc6962() {
        var tree = new GrowingTree();
        assertThat(Merkle.hex(tree.root())).isEqualTo(ROOTS.getFirst());
        for (int i = 0; i < LEAVES.size(); i++) {
            tree.add(Merkle.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
            assertThat(Merkle.hex(tree.root())).isEqualTo(ROOTS.get(i + 1));
        }
    }

    @Test
    void everyLeafOfEverySizeIsProvenAndNoOther() {
        for (int size = 1; size <= 40; size++) {
            var hashes = leaves(size);
            var root = Proofs.root(size, in(hashes));
            for (int leaf = 0; leaf < size; leaf++) {
                var path = Proofs.inclusion(leaf, size, in(hashes));
                assertThat(Proofs.isIncluded(hashes.get(leaf), leaf, size, root, path))
                        .isTrue();
                assertThat(Proofs.isIncluded(Merkle.leaf(new byte[] {9}), leaf, size, root, path))
                        .isFalse();
                if (size > 1) {
                    assertThat(Proofs.isIncluded(hashes.get(leaf), (leaf + 1) % size, size, root, path))
                            .isFalse();
                    assertThat(Proofs.isIncluded(hashes.get(leaf), leaf, size, root, path.subList(1, path.size())))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void everyTreeIsProvenToBeginEveryLargerOneAndNoOther() {
        for (int to = 1; to <= 40; to++) {
            var hashes = leaves(to);
            var root = Proofs.root(to, in(hashes));
            for (int from = 0; from <= to; from++) {
                var before = Proofs.root(from, in(hashes));
                var path = Proofs.consistency(from, to, in(hashes));
                assertThat(Proofs.isConsistent(from, before, to, root, path)).isTrue();
                if (from > 0) {
                    assertThat(Proofs.isConsistent(from, Merkle.leaf(new byte[] {9}), to, root, path))
                            .isFalse();
                    assertThat(Proofs.isConsistent(from, before, to, Merkle.leaf(new byte[] {9}), path))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aTreeGoesOnFromItsSubtrees() {
        for (int size = 0; size <= 40; size++) {
            var hashes = leaves(size + 5);
            var resumed = GrowingTree.resume(size, in(hashes), (level, index, hash) -> {});
            for (int i = size; i < size + 5; i++) {
                resumed.add(hashes.get(i));
            }
            assertThat(resumed.root()).isEqualTo(Proofs.root(size + 5, in(hashes)));
        }
    }

    static List<byte[]> leaves(int count) {
        var hashes = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            hashes.add(Merkle.leaf(("row " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return hashes;
    }

    static SubtreeHashes in(List<byte[]> leaves) {
        return new SubtreeHashes() {
            @Override
            public byte[] hash(int level, long index) {
                return level == 0
                        ? leaves.get((int) index)
                        : Merkle.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
            }
        };
    }
}
