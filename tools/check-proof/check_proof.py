#!/usr/bin/env python3
"""Checks, without any part of Ledger, that an event is in a chain of blocks, and that the chain ends in a signed head.

    python3 check_proof.py proof.json [next-page.json ...] [--head head.json] [--key head.key.pub]

The pages are the answers of GET /api/v1/audit-logs/{id}/proof, in their order. --head is a head that you have from
elsewhere; without it the one in the proof counts. --key is the public key that heads are signed with; its signature is
checked by `openssl`. Exit code 0: everything that was asked to be checked holds. 1: something does not, or cannot be read.

The format is described in docs/audit-proof.md. Only Python's own library is used.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile

FORMAT = "ledger proof 1"
DIGEST_VERSION = 1
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TEXTS = ("data", "bdata", "type", "tenant_id", "mt_dotnet_type", "correlation_id", "causation_id", "headers", "user_name",
         "stream_type")
SEED = hashlib.sha256(b"ledger").hexdigest()


class Broken(Exception):
    """What does not hold."""


def event_digest(event):
    """The SHA-256 of an event: the text of ledger.event_digest, computed anew."""
    def text(value):
        return ":" if value is None else "%d:%s" % (len(value.encode("utf-8")), value)

    numbers = [event[name] for name in ("seq_id", "id", "stream_id", "version", "recorded_at")]
    parts = ["1;"] + ["%s;" % value for value in numbers] + [text(event.get(name)) for name in TEXTS]
    return hashlib.sha256("".join(parts).encode("utf-8")).hexdigest()


def check_kinds(event):
    """Every column is of its kind: otherwise a column could pass for two, and another event give the same text."""
    if not all(type(event[name]) is int for name in ("seq_id", "version", "recorded_at")):
        raise Broken("a position, version or time of the event is not a number")
    if not all(type(event[name]) is str and UUID.fullmatch(event[name]) for name in ("id", "stream_id")):
        raise Broken("an id of the event is not one")
    if not all(event.get(name) is None or type(event[name]) is str for name in TEXTS):
        raise Broken("a text of the event is not one")


def block_hash(block):
    """The SHA-256 of a block: its place, its time, the block before, its events."""
    content = b"\x01" + struct.pack(">qqq", block["first_position"], block["last_position"], block["recorded_at"])
    return hashlib.sha256(content + bytes.fromhex(block["previous"]) + bytes.fromhex(block["digests"])).hexdigest()


def check_block(block):
    """A block has a digest for each position, and the hash of what is in it."""
    place = "the block of positions %d to %d" % (block["first_position"], block["last_position"])
    positions = block["last_position"] - block["first_position"] + 1
    if positions < 1 or len(block["digests"]) != 64 * positions or len(block["previous"]) != 64:
        raise Broken("%s does not have one digest for each position" % place)
    if block["first_position"] == 1 and block["previous"] != SEED:
        raise Broken("%s is the first, and does not follow from the seed" % place)
    if block_hash(block) != block["hash"]:
        raise Broken("%s does not have the hash of what is in it" % place)


def check_event(proof):
    """The event has the digest that its block holds for its position."""
    event, digest, block = proof["event"], proof["digest"], proof["block"]
    if digest["version"] != DIGEST_VERSION:
        raise Broken("digests of version %s are not known to this program" % digest["version"])
    check_kinds(event)
    computed = event_digest(event)
    if computed != digest["sha256"]:
        raise Broken("the event does not have the digest that the proof says")
    at = event["seq_id"] - block["first_position"]
    if not 0 <= at <= block["last_position"] - block["first_position"]:
        raise Broken("the block does not hold position %d" % event["seq_id"])
    if block["digests"][64 * at:64 * (at + 1)] != computed:
        raise Broken("the block holds another event at position %d" % event["seq_id"])
    if event["recorded_at"] != block["recorded_at"]:
        raise Broken("the event was not recorded when its block was")


def check_chain(pages):
    """Each block follows from the one before. Gives the block that the chain ends in, and all of them by last position."""
    last = pages[0]["block"]
    check_block(last)
    known = {last["last_position"]: last["hash"]}
    for number, page in enumerate(pages):
        if page["event"] != pages[0]["event"] or page["block"] != pages[0]["block"]:
            raise Broken("page %d is of another proof" % (number + 1))
        for block in page["chain"]:
            check_block(block)
            if block["first_position"] != last["last_position"] + 1 or block["previous"] != last["hash"]:
                raise Broken("the block of positions %d to %d does not follow from the one that ends at %d"
                             % (block["first_position"], block["last_position"], last["last_position"]))
            known[block["last_position"]] = block["hash"]
            last = block
    return last, known


def der_of(signature):
    """An ECDSA signature of two numbers of 32 bytes, as openssl takes it."""
    raw = base64.b64decode(signature, validate=True)
    if len(raw) != 64:
        raise Broken("the signature of the head is not one of P-256")

    def integer(value):
        value = value.lstrip(b"\x00") or b"\x00"
        if value[0] & 0x80:
            value = b"\x00" + value
        return b"\x02" + bytes([len(value)]) + value

    content = integer(raw[:32]) + integer(raw[32:])
    return b"\x30" + bytes([len(content)]) + content


def check_signature(head, key_path):
    """The holder of this key has signed just this head."""
    with open(key_path, "r", encoding="ascii") as file:
        lines = file.read().splitlines()
    spki = base64.b64decode("".join(line for line in lines if line and not line.startswith("-----")))
    if hashlib.sha256(spki).hexdigest()[:16] != head["key_id"]:
        raise Broken("the head was signed by another key than %s" % key_path)
    signed = "ledger head 1\n%d\n%s\n%s\n%s\n" % (head["position"], head["hash"], head["recorded_at"], head["key_id"])
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("signed", "signature")]
        for path, content in zip(paths, (signed.encode("utf-8"), der_of(head["signature"]))):
            with open(path, "wb") as file:
                file.write(content)
        done = subprocess.run(["openssl", "dgst", "-sha256", "-verify", key_path, "-signature", paths[1], paths[0]],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Broken("the signature of the head is not right")


def check(pages, head, key_path):
    """All checks, in order. Gives what was proven and what was not, in sentences."""
    for page in pages:
        if page["format"] != FORMAT:
            raise Broken("the format %r is not known to this program" % page["format"])
    check_event(pages[0])
    last, known = check_chain(pages)
    event = pages[0]["event"]
    proven = ["Event %s (%s) is at position %d, in a block recorded at %d microseconds since 1970, just as the proof gives it."
              % (event["id"], event["type"], event["seq_id"], event["recorded_at"]),
              "From its block, %d block(s) follow without a hole, up to position %d." % (len(known) - 1, last["last_position"])]
    open_ = ["That what the event says was true when it was written."]
    if head is None:
        open_.append("That this chain is the one others see: no signed head was given. Whoever can write the whole log anew could have.")
    else:
        if head["position"] < pages[0]["block"]["last_position"]:
            raise Broken("the head is older than the event, and says nothing of it")
        if head["position"] not in known:
            raise Broken("the chain does not reach the head at position %d; the blocks from %s on are missing"
                         % (head["position"], pages[-1].get("next_block")))
        if known[head["position"]] != head["hash"]:
            raise Broken("the head at position %d is of another log" % head["position"])
        proven.append("The chain ends in the head of position %d, signed over %s." % (head["position"], head["recorded_at"]))
        if key_path is None:
            open_.append("That the head was signed by anybody: no --key was given.")
        else:
            check_signature(head, key_path)
            proven.append("The head was signed by the key %s." % head["key_id"])
        open_.append("What was written behind position %d." % head["position"])
    return proven, open_


def read(path):
    with open(path, "r", encoding="utf-8") as file:
        return json.load(file)


def main():
    parser = argparse.ArgumentParser(description="Checks that an event is in a chain of blocks. See docs/audit-proof.md.")
    parser.add_argument("pages", nargs="+", metavar="proof.json")
    parser.add_argument("--head", metavar="head.json", help="a head that you have from elsewhere")
    parser.add_argument("--key", metavar="head.key.pub", help="the public key that heads are signed with")
    asked = parser.parse_args()
    try:
        pages = [read(path) for path in asked.pages]
        head = read(asked.head) if asked.head else pages[0].get("head")
        proven, open_ = check(pages, head, asked.key)
    except Broken as reason:
        print("NOT PROVEN: %s." % reason)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, struct.error) as reason:
        print("NOT PROVEN: the proof cannot be read (%s: %s)." % (type(reason).__name__, reason))
        return 1
    print("Proven:")
    for sentence in proven:
        print("  " + sentence)
    print("Not proven:")
    for sentence in open_:
        print("  " + sentence)
    return 0


if __name__ == "__main__":
    sys.exit(main())
