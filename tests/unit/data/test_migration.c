// Plans for data: written, read again, and whatever else somebody may hand over.
#include "testing.h"

#include "data/migration.h"

static Migration example(void) {
    Migration plan = {.engine = ENGINE_SQLITE, .weft = STR("1"), .server = STR("3.40.1")};
    list_add(&plan.arena, &plan.dimensions,
             ((Dimension){STR("tenant_id"), TYPE_TEXT, true, STR("default")}));
    PlannedTable *table = list_push(&plan.arena, &plan.tables);
    *table = (PlannedTable){.name = STR("messages"), .rows = -1};
    list_add(&plan.arena, &table->keys, STR("tenant_id"));
    Step *step = list_push(&plan.arena, &plan.steps);
    *step = (Step){.id = STR("expand-messages"),
                   .title = STR("adds columns"),
                   .table = STR("messages"),
                   .estimate = {.rows = -1, .bytes = 0, .lock_ms = 5}};
    list_add(&plan.arena, &step->sql, STR("ALTER TABLE \"messages\" ADD \"x\""));
    step = list_push(&plan.arena, &plan.steps);
    *step = (Step){.id = STR("backfill-messages"),
                   .phase = PHASE_BACKFILL,
                   .kind = STEP_BATCHES,
                   .title = STR("fills columns"),
                   .table = STR("messages"),
                   .batch = {.pending = STR("\"x\" IS NULL")},
                   .estimate = {-1, -1, -1}};
    list_add(&plan.arena, &step->batch.key, STR("id"));
    list_add(&plan.arena, &step->batch.set, ((Assignment){STR("x"), STR("'\"'")}));
    return plan;
}

static bool reads(Str json, Migration *plan, Diagnostics *diagnostics) {
    *plan = (Migration){0};
    return migration_read(STR("p.json"), json, plan, diagnostics);
}

static void comes_back(void **state) {
    (void)state;
    Migration plan = example(), again;
    Diagnostics diagnostics = {0};
    StrBuf json = {0}, second = {0};
    migration_write(&plan, &json);
    assert_true(reads(strbuf_str(&json), &again, &diagnostics));
    assert_int_equal(again.steps.count, 2);
    assert_int_equal(again.steps.items[0].estimate.rows, -1);
    assert_int_equal(again.steps.items[0].estimate.bytes, 0);
    assert_int_equal(again.steps.items[1].estimate.lock_ms, -1);
    assert_str(again.steps.items[1].batch.set.items[0].value, "'\"'");
    migration_write(&again, &second);
    assert_str(strbuf_str(&second), json.data);
    strbuf_release(&json);
    strbuf_release(&second);
    migration_release(&plan);
    migration_release(&again);
    diagnostics_release(&diagnostics);
}

// The example with OLD replaced by NEW is refused, and the message says WHY.
static void refuses(const char *old, const char *new, const char *why) {
    Migration plan = example(), again;
    Diagnostics diagnostics = {0};
    StrBuf json = {0}, changed = {0};
    migration_write(&plan, &json);
    const char *at = strstr(json.data, old);
    assert_non_null(at);
    strbuf_add(&changed, str_slice(strbuf_str(&json), 0, (size_t)(at - json.data)));
    strbuf_add_text(&changed, new);
    strbuf_add_text(&changed, at + strlen(old));
    assert_false(reads(strbuf_str(&changed), &again, &diagnostics));
    assert_int_equal(diagnostics.list.count, 1);
    assert_int_equal(diagnostics.list.items[0].code, DIAGNOSTIC_E620);
    assert_non_null(strstr(diagnostics.list.items[0].message.data, why));
    strbuf_release(&json);
    strbuf_release(&changed);
    migration_release(&plan);
    migration_release(&again);
    diagnostics_release(&diagnostics);
}

static void refuses_what_it_does_not_know(void **state) {
    (void)state;
    refuses("\"format\": 1", "\"format\": 2", "its format is 2");
    refuses("\"engine\": \"sqlite\"", "\"engine\": \"oracle\"", "engine is 'oracle'");
    refuses("\"weft\": \"1\"", "\"weft\": \"1\", \"weft\": \"1\"", "'weft' twice");
    refuses("\"weft\": \"1\"", "\"weft\": 1", "weft is no text");
    refuses("\"weft\": \"1\",", "", "lacks 'weft'");
    refuses("\"title\": \"adds columns\"", "\"titel\": \"\"",
            "steps[0] has the unknown key 'titel'");
    refuses("\"lock_ms\": 5", "\"lock_ms\": -5", "steps[0].estimate.lock_ms is less than 0");
    refuses("\"server\": \"3.40.1\"", "\"schema_digest\": \"abc\"", "digest");
    refuses("{", "[", "line 2, column");
}

static void refuses_steps_that_cannot_run(void **state) {
    (void)state;
    refuses("backfill-messages", "expand-messages", "steps[1]: another step has its id");
    refuses("expand-messages", "../etc", "steps[0]: its id is none");
    refuses("\"phase\": \"expand\"", "\"phase\": \"switch\"", "steps[1]: its phase");
    refuses("\"kind\": \"statements\"", "\"kind\": \"rebuild\"", "steps[0]: its rebuild");
    refuses("\"pending\": \"\\\"x\\\" IS NULL\"", "\"pending\": \"\"", "steps[1]: its batch");
    refuses("\"kind\": \"batches\"", "\"kind\": \"probe\"", "steps[1]: a probe");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back),
        cmocka_unit_test(refuses_what_it_does_not_know),
        cmocka_unit_test(refuses_steps_that_cannot_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
