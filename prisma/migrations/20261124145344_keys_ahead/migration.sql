-- Several keys of an algorithm are published before they sign (lib/keys/signing-keys.ts says why).
DROP INDEX signing_keys_one_next;
