// Packs of old bytes: kept once, whole or not at all, and what nobody needs goes.
#include "temporary.h"

#include <errno.h>

#include "apply/objects.h"

typedef struct Fixture {
    Temporary *here;
    Files files;
    Objects objects;
} Fixture;

static void open_again(Fixture *f) {
    objects_release(&f->objects);
    f->objects = (Objects){.files = &f->files, .folder = STR("objects")};
}

static void start(Fixture *f, void **state) {
    *f = (Fixture){.here = *state, .files.no_sync = true};
    f->files.root = beneath_root(f->here->path);
    assert_int_equal(mkdir(temporary_path(f->here, "objects").data, 0777), 0);
    open_again(f);
}

static void finish(Fixture *f) {
    objects_release(&f->objects);
    close(f->files.root);
}

static ObjectBytes object(const char *text) {
    return (ObjectBytes){blob_id_of(str_from(text)), str_from(text)};
}

static void keep(Fixture *f, const char *first, const char *second) {
    ObjectBytes wanted[] = {object(first), object(second)};
    assert_true(objects_keep(&f->objects, wanted, 2));
}

static bool get(Fixture *f, const char *text) {
    Str bytes = STR_NONE;
    BlobId id = blob_id_of(str_from(text));
    if (!objects_get(&f->objects, &f->here->arena, &id, &bytes)) return false;
    assert_str(bytes, text);
    return true;
}

static void assert_lost(Fixture *f, const char *text, int error) {
    errno = 0;
    assert_false(get(f, text));
    assert_int_equal(errno, error);
}

static int packs(Fixture *f) { return temporary_count(f->here, "objects"); }

static void keeps_bytes_once(void **state) {
    Fixture f;
    start(&f, state);
    keep(&f, "old", "");
    keep(&f, "old", "old");
    assert_int_equal(packs(&f), 1);
    keep(&f, "newer", "old");
    assert_int_equal(packs(&f), 2);
    open_again(&f);
    assert_true(get(&f, "old") && get(&f, "") && get(&f, "newer"));
    assert_lost(&f, "never kept", ENOENT);
    keep(&f, "newer", "");
    assert_int_equal(packs(&f), 2);
    finish(&f);
}

// What a person reads who takes bytes out by hand.
static void is_text_that_says_where_its_bytes_are(void **state) {
    Fixture f;
    start(&f, state);
    keep(&f, "b\n", "a\n");
    Str bytes = STR_NONE;
    assert_int_equal(
        file_read(&f.here->arena, temporary_path(f.here, "objects/000001"), 0, &bytes, NULL),
        FILE_OK);
    assert_str(bytes, "weft-objects 1 000000000002\n"
                      "61780798228d17af2d34fce4cfbdf35556832472 000000000162 000000000002\n"
                      "78981922613b2afb6025042ff6bd878ac1994e85 000000000164 000000000002\n"
                      "b\na\n");
    finish(&f);
}

static void notices_damage(void **state) {
    Fixture f;
    start(&f, state);
    keep(&f, "old", "bytes");
    Str whole = STR_NONE;
    Str path = temporary_path(f.here, "objects/000001");
    assert_int_equal(file_read(&f.here->arena, path, 0, &whole, NULL), FILE_OK);
    for (size_t length = 0; length < whole.length; length += 7) {
        temporary_write(f.here, "objects/000001", str_slice(whole, 0, length));
        open_again(&f);
        assert_false(get(&f, "old") && get(&f, "bytes"));
        assert_int_equal(errno, EIO);
    }
    for (size_t at = 0; at < whole.length; at++) {
        char *copy = (char *)arena_copy(&f.here->arena, whole).data;
        copy[at] ^= 1;
        temporary_write(f.here, "objects/000001", (Str){copy, whole.length});
        open_again(&f);
        assert_false(get(&f, "old") && get(&f, "bytes"));
    }
    keep(&f, "old", "bytes"); // what is damaged is written again
    assert_int_equal(packs(&f), 2);
    open_again(&f);
    assert_true(get(&f, "old") && get(&f, "bytes"));
    finish(&f);
}

static int remove_all_but(Fixture *f, const char *first, const char *second) {
    BlobId kept[] = {blob_id_of(str_from(second)), blob_id_of(str_from(first))};
    return objects_remove_others(&f->objects, kept, 2);
}

static void forgets_what_nobody_needs(void **state) {
    Fixture f;
    start(&f, state);
    keep(&f, "a", "b");
    keep(&f, "c", "d");
    keep(&f, "e", "f");
    temporary_write(f.here, "objects/new", STR("half a pack"));
    assert_int_equal(remove_all_but(&f, "a", "f"), 4);
    assert_int_equal(packs(&f), 2);
    assert_true(get(&f, "a") && get(&f, "f"));
    assert_lost(&f, "b", ENOENT);
    open_again(&f);
    assert_true(get(&f, "a") && get(&f, "f"));
    assert_int_equal(remove_all_but(&f, "a", "f"), 0);
    assert_int_equal(remove_all_but(&f, "x", "y"), 2);
    assert_int_equal(packs(&f), 0);
    keep(&f, "a", "a");
    assert_true(get(&f, "a"));
    finish(&f);
}

// A pack of a later weft is not called damaged, and is left.
static void says_what_it_does_not_know(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "objects/000004", STR("weft-objects 2 and whatever follows there"));
    keep(&f, "a", "b");
    assert_lost(&f, "c", ENOTSUP);
    assert_int_equal(remove_all_but(&f, "a", "b"), 0);
    assert_int_equal(packs(&f), 2);
    finish(&f);
}

// A pack that is a link, even to a good one, is not followed.
static void a_link_is_no_pack(void **state) {
    Fixture f;
    start(&f, state);
    keep(&f, "a", "b");
    assert_int_equal(rename(temporary_path(f.here, "objects/000001").data,
                            temporary_path(f.here, "elsewhere").data),
                     0);
    assert_int_equal(symlink("../elsewhere", temporary_path(f.here, "objects/000001").data), 0);
    open_again(&f);
    assert_lost(&f, "a", EIO);
    finish(&f);
}

static void leaves_what_it_cannot_read(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "objects/000004", STR("something else"));
    temporary_write(f.here, "objects/notes", STR("mine"));
    keep(&f, "a", "b");
    assert_int_equal(remove_all_but(&f, "x", "y"), 2);
    assert_int_equal(packs(&f), 2);
    assert_lost(&f, "a", EIO); // it could be in there
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(keeps_bytes_once),
        temporary_test(is_text_that_says_where_its_bytes_are),
        temporary_test(notices_damage),
        temporary_test(forgets_what_nobody_needs),
        temporary_test(says_what_it_does_not_know),
        temporary_test(a_link_is_no_pack),
        temporary_test(leaves_what_it_cannot_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
