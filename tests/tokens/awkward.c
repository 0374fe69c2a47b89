/* A PKCS#11 library that is SoftHSM with a temper: it locks after wrong PINs as hardware does (SoftHSM never does), and
 * hangs or crashes where the environment says so. Everything else is passed on.
 *
 *   AWKWARD_LIBRARY  SoftHSM's library
 *   AWKWARD_STATE    a file that keeps how many tries are left, over processes
 *   AWKWARD_MOOD     a file that says what C_Sign does: hang, crash or chatter; without it C_Sign signs
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long rv_t;
enum { GET_TOKEN_INFO = 6, LOGIN = 18, SIGN = 43, FUNCTIONS = 68 };
enum { CKR_OK = 0, CKR_PIN_INCORRECT = 0xA0, CKR_PIN_LOCKED = 0xA4 };
enum { COUNT_LOW = 0x10000, FINAL_TRY = 0x20000, LOCKED = 0x40000, ALL_TRIES = 3 };

struct list {
    unsigned char version[2];
    void *function[FUNCTIONS];
};
/* as far as the flags */
struct token_info {
    unsigned char label[32], manufacturer[32], model[16], serial[16];
    unsigned long flags;
};

static struct list ours;
static struct list *theirs;

static int tries(void) {
    int left = ALL_TRIES;
    FILE *file = fopen(getenv("AWKWARD_STATE"), "r");
    if (file) {
        if (fscanf(file, "%d", &left) != 1) left = ALL_TRIES;
        fclose(file);
    }
    return left;
}

static void keep(int left) {
    FILE *file = fopen(getenv("AWKWARD_STATE"), "w");
    if (file) {
        fprintf(file, "%d", left);
        fclose(file);
    }
}

static rv_t token_info(unsigned long slot, struct token_info *info) {
    rv_t rv = ((rv_t(*)(unsigned long, struct token_info *))theirs->function[GET_TOKEN_INFO])(slot, info);
    int left = tries();
    info->flags &= ~(unsigned long)(COUNT_LOW | FINAL_TRY | LOCKED);
    if (left < ALL_TRIES) info->flags |= COUNT_LOW;
    if (left == 1) info->flags |= FINAL_TRY;
    if (left == 0) info->flags |= LOCKED;
    return rv;
}

static rv_t login(unsigned long session, unsigned long user, unsigned char *pin, unsigned long size) {
    rv_t rv;
    if (tries() == 0) return CKR_PIN_LOCKED;
    rv = ((rv_t(*)(unsigned long, unsigned long, unsigned char *, unsigned long))theirs->function[LOGIN])(
        session, user, pin, size);
    if (rv == CKR_PIN_INCORRECT)
        keep(tries() - 1);
    else if (rv == CKR_OK)
        keep(ALL_TRIES);
    return rv;
}

static rv_t sign(unsigned long session, void *data, unsigned long size, void *out, unsigned long *out_size) {
    char mood[16] = "";
    FILE *file = fopen(getenv("AWKWARD_MOOD"), "r");
    if (file) {
        if (fscanf(file, "%15s", mood) != 1) mood[0] = 0;
        fclose(file);
    }
    if (!strcmp(mood, "hang")) sleep(3600);
    if (!strcmp(mood, "crash")) abort();
    if (!strcmp(mood, "chatter")) printf("signing...\n"), fflush(stdout);
    return ((rv_t(*)(unsigned long, void *, unsigned long, void *, unsigned long *))theirs->function[SIGN])(
        session, data, size, out, out_size);
}

rv_t C_GetFunctionList(struct list **list) {
    void *library = dlopen(getenv("AWKWARD_LIBRARY"), RTLD_NOW);
    rv_t (*get)(struct list **) = library ? (rv_t(*)(struct list **))dlsym(library, "C_GetFunctionList") : NULL;
    if (!get || get(&theirs) != CKR_OK) return 5;
    ours = *theirs;
    ours.function[GET_TOKEN_INFO] = (void *)token_info;
    ours.function[LOGIN] = (void *)login;
    ours.function[SIGN] = (void *)sign;
    *list = &ours;
    return CKR_OK;
}
