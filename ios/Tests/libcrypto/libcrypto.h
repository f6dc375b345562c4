// Elliptic curves of OpenSSL, for the P-256 keys of tests.
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
