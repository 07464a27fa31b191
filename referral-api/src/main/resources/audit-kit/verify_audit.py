#!/usr/bin/env python3
"""Verifies an exported audit trail. Needs Python 3.8 and nothing else; trusts the key and the kept checkpoints only.

    python3 verify_audit.py --key KEY [--kept CHECKPOINTS ...] EXPORT

KEY is the trail's public key (name+id+base64) or a file with it, CHECKPOINTS a file with checkpoints that were kept
elsewhere, EXPORT the zip or a folder with its files. Ends with 0 where all is well, 1 where something is not.
"""
import argparse, base64, hashlib, os, re, sys, zipfile

# Ed25519 as in RFC 8032, section 6: slow and plain.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    A, B = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    C, E = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    result = (0, 1, 1, 0)
    while n:
        if n & 1:
            result = add(result, point)
        point, n = add(point, point), n >> 1
    return result


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


G_Y = 4 * pow(5, P - 2, P) % P
G = point(G_Y.to_bytes(32, "little"))


def is_signed(key, message, signature):
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return same(times(s, G), add(r, times(h, a)))


class Key:
    def __init__(self, text):
        self.name, key_id, data = text.strip().split("+", 2)
        data = base64.b64decode(data)
        self.raw, self.id = data[1:], hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if data[0] != 1 or len(self.raw) != 32 or self.id.hex() != key_id:
            raise ValueError("that is no key of a trail")

    def checkpoint(self, note):
        """(size, root), or None where the note is not signed by this key."""
        text, _, signatures = note.partition("\n\n")
        text += "\n"
        for line in signatures.splitlines():
            words = line.split(" ")
            if len(words) == 3 and words[0] == "\u2014" and words[1] == self.name:
                signature = base64.b64decode(words[2])
                if signature[:4] == self.id and len(signature) == 68 and is_signed(self.raw, text.encode(), signature[4:]):
                    origin, size, root = text.split("\n")[:3]
                    return (int(size), base64.b64decode(root)) if origin == self.name else None
        return None


def notes(text):
    """One file holds many: each is a text, an empty line, and lines that begin with a dash."""
    return [n.strip("\n") + "\n" for n in re.findall("(?s).*?\n\n(?:\u2014 [^\n]*\n)+", text)]


class Tree:
    """Keeps the roots of the complete subtrees of the leaves so far (RFC 6962)."""

    def __init__(self):
        self.size, self.subtrees = 0, []

    def add(self, leaf_hash):
        node, bits = leaf_hash, self.size
        while bits & 1:
            node, bits = hashlib.sha256(b"\x01" + self.subtrees.pop() + node).digest(), bits >> 1
        self.subtrees.append(node)
        self.size += 1

    def root(self):
        if not self.subtrees:
            return hashlib.sha256(b"").digest()
        node = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node


def opened(export, name):
    if os.path.isdir(export):
        return open(os.path.join(export, name), "rb")
    return zipfile.ZipFile(export).open(name)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--key", required=True)
    arguments.add_argument("--kept", action="append", default=[])
    arguments.add_argument("export")
    given = arguments.parse_args()
    key = Key(open(given.key).read() if os.path.exists(given.key) else given.key)
    wrong, expected, latest = [], {}, 0

    for note in notes(opened(given.export, "checkpoints.txt").read().decode()):
        checkpoint = key.checkpoint(note)
        if checkpoint is None:
            wrong.append("BAD_SIGNATURE: a checkpoint of the trail")
            continue
        if checkpoint[0] <= latest:
            wrong.append(f"CHECKPOINTS_DISAGREE: {checkpoint[0]} after {latest}")
        latest = max(latest, checkpoint[0])
        expected.setdefault(checkpoint[0], set()).add(checkpoint[1])
    kept = 0
    for file in given.kept:
        for note in notes(open(file, encoding="utf-8", newline="").read()):
            checkpoint = key.checkpoint(note)
            if checkpoint is None:
                wrong.append("BAD_SIGNATURE: a kept checkpoint")
                continue
            kept += 1
            expected.setdefault(checkpoint[0], set()).add(checkpoint[1])

    tree, positions = Tree(), set()
    rows, leaves = opened(given.export, "rows.ndjson"), opened(given.export, "leaves.txt")
    while True:
        for root in expected.pop(tree.size, ()):
            if root != tree.root():
                wrong.append(f"ROOT_DIFFERS: at {tree.size} rows")
        row, leaf = rows.readline(), leaves.readline()
        if not row and not leaf:
            break
        position, _, stored = leaf.decode().strip().partition(" ")
        if position in positions:
            wrong.append(f"ROW_TWICE: position {position}")
        positions.add(position)
        row = row.rstrip(b"\n")
        computed = hashlib.sha256(b"\x00" + row).digest()
        if not row:
            wrong.append(f"ROW_MISSING: leaf {tree.size}, position {position}")
        elif computed.hex() != stored or not row.startswith(b'{"position":' + position.encode() + b","):
            wrong.append(f"ROW_CHANGED: leaf {tree.size}, position {position}")
        tree.add(computed)
    for size in sorted(expected):
        wrong.append(f"SHORTER: {tree.size} rows, a checkpoint has {size}")
    if latest < tree.size:
        wrong.append(f"NOT_COVERED: rows from {latest} on")
    if not latest and not kept:
        wrong.append("NO_CHECKPOINT: nothing is shown")

    for line in wrong[:50]:
        print(line)
    print(f"{tree.size} rows, {kept} kept checkpoints, {len(wrong)} findings: " + ("NOT INTACT" if wrong else "intact"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
