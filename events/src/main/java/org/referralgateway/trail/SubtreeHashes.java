package org.referralgateway.trail;

/** Knows the roots of complete subtrees of a tree. */
@FunctionalInterface
public interface SubtreeHashes {

    /** The root over the leaves from {@code index << level}, as many as {@code 1 << level}. */
    byte[] hash(int level, long index);
}
