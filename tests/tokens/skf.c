/* A token in software behind the calls of SKF (GM/T 0016): one device, one application, a container for each folder.
 *
 *   SKF_FOLDER/CONTAINER/sign.key sign.crt enc.key enc.crt   PKCS#8 and certificate (DER); an RSA container has no enc.*
 *   SKF_FOLDER/tries      how many wrong PINs are left
 *   SKF_FOLDER/unplugged  where it lies, the device is gone
 *   SKF_FOLDER/calls      every call, in order
 *
 * It is strict about the order of calls (handles, log-in) and about sizes, and computes with libcrypto 3. It proves how
 * the standard's calls are made, not what a vendor made of them.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef uint32_t ulong_t;
enum { OK = 0, FAIL = 0x0A000001, INVALIDHANDLE = 0x0A000005, INVALIDPARAM = 0x0A000006, INDATALEN = 0x0A000010 };
enum { INDATA = 0x0A000011, CERTNOTFOUND = 0x0A00001C, SMALL = 0x0A000020, REMOVED = 0x0A000023 };
enum { PIN_INCORRECT = 0x0A000024, PIN_LOCKED = 0x0A000025, NOT_LOGGED_IN = 0x0A00002D, ALL_TRIES = 6 };
enum { SM4_CBC = 0x402, MOST = 1 << 16 };
static const char *NAME = "SOFTKEY 01", *APPLICATION = "评标应用", *PIN = "评标-4711";

/* of libcrypto, which is there without its headers */
typedef struct evp_pkey_st KEY;
typedef struct evp_pkey_ctx_st CTX;
typedef struct evp_cipher_ctx_st CIPHER;
extern KEY *d2i_AutoPrivateKey(KEY **, const unsigned char **, long);
extern CTX *EVP_PKEY_CTX_new(KEY *, void *);
extern void EVP_PKEY_CTX_free(CTX *);
extern void EVP_PKEY_free(KEY *);
extern int EVP_PKEY_sign_init(CTX *);
extern int EVP_PKEY_sign(CTX *, unsigned char *, size_t *, const unsigned char *, size_t);
extern int EVP_PKEY_decrypt_init(CTX *);
extern int EVP_PKEY_decrypt(CTX *, unsigned char *, size_t *, const unsigned char *, size_t);
extern CIPHER *EVP_CIPHER_CTX_new(void);
extern void EVP_CIPHER_CTX_free(CIPHER *);
extern const void *EVP_sm4_cbc(void);
extern int EVP_DecryptInit_ex(CIPHER *, const void *, void *, const unsigned char *, const unsigned char *);
extern int EVP_CIPHER_CTX_set_padding(CIPHER *, int);
extern int EVP_DecryptUpdate(CIPHER *, unsigned char *, int *, const unsigned char *, int);

enum kind { DEVICE = 1, APP, CONTAINER, SESSION_KEY };
struct thing {
    enum kind kind;
    char name[256];
    unsigned char key[16];
    CIPHER *cipher;
    struct thing *parent;
};
static int logged_in;

static const char *path(const char *container, const char *file) {
    static char whole[1024];
    snprintf(whole, sizeof whole, "%s/%s%s%s", getenv("SKF_FOLDER"), container, *container ? "/" : "", file);
    return whole;
}
static void note(const char *call) {
    FILE *file = fopen(path("", "calls"), "a");
    if (file) fprintf(file, "%s\n", call), fclose(file);
}
static int gone(void) {
    struct stat info;
    return stat(path("", "unplugged"), &info) == 0;
}
static int tries(void) {
    int left = ALL_TRIES;
    FILE *file = fopen(path("", "tries"), "r");
    if (file) {
        if (fscanf(file, "%d", &left) != 1) left = ALL_TRIES;
        fclose(file);
    }
    return left;
}
static void keep(int left) {
    FILE *file = fopen(path("", "tries"), "w");
    if (file) fprintf(file, "%d", left), fclose(file);
}
static long load(const char *container, const char *file, unsigned char *out) {
    FILE *stream = fopen(path(container, file), "rb");
    long size;
    if (!stream) return 0;
    size = (long)fread(out, 1, MOST, stream);
    fclose(stream);
    return size;
}
static KEY *load_key(const char *container, const char *file) {
    unsigned char data[MOST];
    const unsigned char *at = data;
    long size = load(container, file, data);
    return size ? d2i_AutoPrivateKey(NULL, &at, size) : NULL;
}
static struct thing *is(void *handle, enum kind kind) {
    struct thing *thing = handle;
    return thing && thing->kind == kind ? thing : NULL;
}
static ulong_t made(enum kind kind, struct thing *parent, const char *name, void **handle) {
    struct thing *thing = calloc(1, sizeof *thing);
    thing->kind = kind;
    thing->parent = parent;
    snprintf(thing->name, sizeof thing->name, "%s", name);
    *handle = thing;
    return OK;
}
static ulong_t out(const void *data, size_t size, void *buffer, ulong_t *length) {
    if (!length) return INVALIDPARAM;
    if (buffer && *length < size) return *length = (ulong_t)size, SMALL;
    if (buffer) memcpy(buffer, data, size);
    *length = (ulong_t)size;
    return OK;
}
#define CALLED \
    note(__func__); \
    if (gone()) return REMOVED

ulong_t SKF_EnumDev(ulong_t present, char *names, ulong_t *size) {
    char list[64] = {0};
    note(__func__);
    if (!present) return INVALIDPARAM;
    if (gone()) return out("\0", 2, names, size);
    strcpy(list, NAME);
    return out(list, strlen(NAME) + 2, names, size);
}
ulong_t SKF_ConnectDev(char *name, void **handle) {
    CALLED;
    return strcmp(name, NAME) ? INVALIDPARAM : made(DEVICE, NULL, name, handle);
}
ulong_t SKF_DisConnectDev(void *handle) {
    note(__func__);
    return is(handle, DEVICE) ? OK : INVALIDHANDLE;
}
ulong_t SKF_GetDevState(char *name, ulong_t *state) {
    note(__func__);
    *state = !gone() && !strcmp(name, NAME);
    return OK;
}
ulong_t SKF_GetDevInfo(void *handle, unsigned char *info) {
    CALLED;
    if (!is(handle, DEVICE)) return INVALIDHANDLE;
    memset(info, 0, 294);
    strcpy((char *)info + 2, "Soft Token Works");
    strcpy((char *)info + 130, "SOFTKEY");
    strcpy((char *)info + 162, "0123456789");
    return OK;
}
ulong_t SKF_EnumApplication(void *handle, char *names, ulong_t *size) {
    char list[64] = {0};
    CALLED;
    if (!is(handle, DEVICE)) return INVALIDHANDLE;
    strcpy(list, APPLICATION);
    return out(list, strlen(APPLICATION) + 2, names, size);
}
ulong_t SKF_OpenApplication(void *handle, char *name, void **application) {
    CALLED;
    if (!is(handle, DEVICE)) return INVALIDHANDLE;
    return strcmp(name, APPLICATION) ? INVALIDPARAM : made(APP, handle, name, application);
}
ulong_t SKF_CloseApplication(void *handle) {
    note(__func__);
    return is(handle, APP) ? OK : INVALIDHANDLE;
}
ulong_t SKF_GetPINInfo(void *handle, ulong_t type, ulong_t *most, ulong_t *left, ulong_t *standard) {
    CALLED;
    if (!is(handle, APP) || type != 1) return INVALIDHANDLE;
    *most = ALL_TRIES, *left = (ulong_t)tries(), *standard = 0;
    return OK;
}
ulong_t SKF_VerifyPIN(void *handle, ulong_t type, char *pin, ulong_t *left) {
    CALLED;
    if (!is(handle, APP) || type != 1) return INVALIDHANDLE;
    if (!tries()) return *left = 0, PIN_LOCKED;
    if (strcmp(pin, PIN)) return keep(tries() - 1), *left = (ulong_t)tries(), PIN_INCORRECT;
    keep(ALL_TRIES);
    logged_in = 1;
    *left = ALL_TRIES;
    return OK;
}
ulong_t SKF_EnumContainer(void *handle, char *names, ulong_t *size) {
    char list[1024] = {0};
    size_t at = 0;
    DIR *folder;
    struct dirent *entry;
    CALLED;
    if (!is(handle, APP)) return INVALIDHANDLE;
    folder = opendir(getenv("SKF_FOLDER"));
    while (folder && (entry = readdir(folder)))
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.') {
            strcpy(list + at, entry->d_name);
            at += strlen(entry->d_name) + 1;
        }
    if (folder) closedir(folder);
    return out(list, at + 1, names, size);
}
ulong_t SKF_OpenContainer(void *handle, char *name, void **container) {
    struct stat info;
    CALLED;
    if (!is(handle, APP)) return INVALIDHANDLE;
    return stat(path("", name), &info) ? INVALIDPARAM : made(CONTAINER, handle, name, container);
}
ulong_t SKF_CloseContainer(void *handle) {
    note(__func__);
    return is(handle, CONTAINER) ? OK : INVALIDHANDLE;
}
ulong_t SKF_GetContainerType(void *handle, ulong_t *type) {
    unsigned char data[MOST];
    struct thing *container = is(handle, CONTAINER);
    CALLED;
    if (!container) return INVALIDHANDLE;
    *type = load(container->name, "enc.key", data) ? 2 : load(container->name, "sign.key", data) ? 1 : 0;
    return OK;
}
ulong_t SKF_ExportCertificate(void *handle, ulong_t signing, unsigned char *der, ulong_t *size) {
    unsigned char data[MOST];
    struct thing *container = is(handle, CONTAINER);
    long length;
    CALLED;
    if (!container) return INVALIDHANDLE;
    length = load(container->name, signing ? "sign.crt" : "enc.crt", data);
    return length ? out(data, (size_t)length, der, size) : CERTNOTFOUND;
}

static ulong_t signed_by(struct thing *container, const unsigned char *data, ulong_t size, unsigned char *sig, size_t *len) {
    KEY *key = load_key(container->name, "sign.key");
    CTX *ctx = key ? EVP_PKEY_CTX_new(key, NULL) : NULL;
    int done = ctx && EVP_PKEY_sign_init(ctx) == 1 && EVP_PKEY_sign(ctx, sig, len, data, size) == 1;
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(key);
    return done ? OK : FAIL;
}
ulong_t SKF_RSASignData(void *handle, unsigned char *data, ulong_t size, unsigned char *signature, ulong_t *length) {
    unsigned char made_here[1024];
    size_t len = sizeof made_here;
    ulong_t code;
    CALLED;
    if (!is(handle, CONTAINER)) return INVALIDHANDLE;
    if (!logged_in) return NOT_LOGGED_IN;
    code = signed_by(handle, data, size, made_here, &len);
    return code ? code : out(made_here, len, signature, length);
}
ulong_t SKF_ECCSignData(void *handle, unsigned char *data, ulong_t size, unsigned char *blob) {
    unsigned char der[128], *at = der + 2;
    size_t len = sizeof der, part;
    ulong_t code;
    int half;
    CALLED;
    if (!is(handle, CONTAINER)) return INVALIDHANDLE;
    if (!logged_in) return NOT_LOGGED_IN;
    if (size != 32) return INDATALEN;
    code = signed_by(handle, data, size, der, &len);
    if (code) return code;
    memset(blob, 0, 128);
    for (half = 0; half < 2; half++) { /* INTEGER r, INTEGER s: into the last bytes of 64 */
        part = at[1], at += 2;
        if (*at == 0) at++, part--;
        memcpy(blob + 64 * half + 64 - part, at, part);
        at += part;
    }
    return OK;
}

static size_t number(const unsigned char *big, unsigned char *der) {
    size_t skip = 0, size, high;
    while (skip < 63 && !big[skip]) skip++;
    high = big[skip] >> 7;
    size = 64 - skip;
    der[0] = 2, der[1] = (unsigned char)(size + high), der[2] = 0;
    memcpy(der + 2 + high, big + skip, size);
    return 2 + high + size;
}
ulong_t SKF_ImportSessionKey(void *handle, ulong_t algorithm, unsigned char *blob, ulong_t size, void **session) {
    struct thing *container = is(handle, CONTAINER);
    unsigned char der[512], body[400], plain[256];
    size_t at = 0, len = sizeof plain;
    ulong_t cipher;
    KEY *key;
    CTX *ctx;
    int done;
    CALLED;
    if (!container) return INVALIDHANDLE;
    if (!logged_in) return NOT_LOGGED_IN;
    if (algorithm != SM4_CBC) return INVALIDPARAM;
    memcpy(&cipher, blob + 160, 4);
    if (size != 164 + cipher || cipher > 100) return INDATALEN;
    at += number(blob, body);
    at += number(blob + 64, body + at);
    body[at++] = 4, body[at++] = 32;
    memcpy(body + at, blob + 128, 32), at += 32;
    body[at++] = 4, body[at++] = (unsigned char)cipher;
    memcpy(body + at, blob + 164, cipher), at += cipher;
    der[0] = 0x30, der[1] = 0x81, der[2] = (unsigned char)at;
    if (at < 128) der[1] = (unsigned char)at;
    memcpy(der + (at < 128 ? 2 : 3), body, at);
    key = load_key(container->name, "enc.key");
    ctx = key ? EVP_PKEY_CTX_new(key, NULL) : NULL;
    done = ctx && EVP_PKEY_decrypt_init(ctx) == 1 &&
           EVP_PKEY_decrypt(ctx, plain, &len, der, at + (at < 128 ? 2 : 3)) == 1 && len == 16;
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(key);
    if (!done) return INDATA;
    made(SESSION_KEY, container, "", session);
    memcpy(((struct thing *)*session)->key, plain, 16);
    return OK;
}
ulong_t SKF_DecryptInit(void *handle, unsigned char *parameters) {
    struct thing *key = is(handle, SESSION_KEY);
    ulong_t length, padding;
    CALLED;
    if (!key) return INVALIDHANDLE;
    memcpy(&length, parameters + 32, 4), memcpy(&padding, parameters + 36, 4);
    if (length != 16 || padding) return INVALIDPARAM;
    key->cipher = EVP_CIPHER_CTX_new();
    if (EVP_DecryptInit_ex(key->cipher, EVP_sm4_cbc(), NULL, key->key, parameters) != 1) return FAIL;
    EVP_CIPHER_CTX_set_padding(key->cipher, 0);
    return OK;
}
ulong_t SKF_Decrypt(void *handle, unsigned char *data, ulong_t size, unsigned char *plain, ulong_t *length) {
    struct thing *key = is(handle, SESSION_KEY);
    int written = 0;
    CALLED;
    if (!key || !key->cipher) return INVALIDHANDLE;
    if (!size || size % 16) return INDATALEN;
    if (*length < size) return SMALL;
    if (EVP_DecryptUpdate(key->cipher, plain, &written, data, (int)size) != 1) return INDATA;
    *length = (ulong_t)written;
    return OK;
}
ulong_t SKF_CloseHandle(void *handle) {
    struct thing *key = is(handle, SESSION_KEY);
    note(__func__);
    if (!key) return INVALIDHANDLE;
    EVP_CIPHER_CTX_free(key->cipher);
    memset(key, 0, sizeof *key);
    return OK;
}
