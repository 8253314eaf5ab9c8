// Who needs the context, and where the need ends: calls, families, loops, values, unknown callers. On a
// program that is made by hand; no language is involved.
#include "support_solved.h"

static const char BOUNDARY[] =
    "  - { id: inbound, function: app.receive, origin: message, create: app.context_of() }\n";

static void needs_spread_up_to_the_boundary(void **state) {
    (void)state;
    Made made;
    made_open(&made, BOUNDARY, "");
    FunctionId receive = made_function(&made, "receive"), middle = made_function(&made, "middle"),
               reply = made_function(&made, "reply"), other = made_function(&made, "other");
    CallId first = made_call(&made, receive, middle), second = made_call(&made, middle, reply);
    CallId aside = made_call(&made, middle, other);
    ExprId access = made_read(&made, reply);
    made_solve(&made);
    assert_int_equal(made_plan(&made, receive)->supply, SUPPLY_CREATED);
    assert_int_equal(made_plan(&made, middle)->supply, SUPPLY_PARAMETER);
    assert_int_equal(made_plan(&made, reply)->supply, SUPPLY_PARAMETER);
    assert_int_equal(made_plan(&made, other)->supply, SUPPLY_NONE);
    assert_false(made_plan(&made, receive)->gains_parameter);
    assert_true(made_plan(&made, reply)->gains_parameter && !made_plan(&made, reply)->optional);
    assert_int_equal(made_passes(&made, first), CALL_PASSES);
    assert_int_equal(made_passes(&made, second), CALL_PASSES);
    assert_int_equal(made_passes(&made, aside), CALL_UNCHANGED);
    assert_int_equal(made_outcome(&made, access), OUTCOME_THREADED);
    assert_int_equal(made.solution->isolated_count, 1);
    made_close(&made);
}

static void a_loop_of_calls_ends(void **state) {
    (void)state;
    Made made;
    made_open(&made, BOUNDARY, "");
    FunctionId receive = made_function(&made, "receive"), even = made_function(&made, "even"),
               odd = made_function(&made, "odd");
    made_call(&made, receive, even);
    CallId down = made_call(&made, even, odd), up = made_call(&made, odd, even);
    made_read(&made, odd);
    made_solve(&made);
    assert_int_equal(made_passes(&made, down), CALL_PASSES);
    assert_int_equal(made_passes(&made, up), CALL_PASSES);
    made_close(&made);
}

static void a_family_moves_together(void **state) {
    (void)state;
    Made made;
    made_open(&made, BOUNDARY, "never_hold: [\"app.*\"]\n");
    FunctionId receive = made_function(&made, "receive");
    ClassId base = made_class(&made, "Base"), derived = made_class(&made, "Derived");
    FunctionId of_base = made_method(&made, base, "run"),
               of_derived = made_method(&made, derived, "run");
    made_family(&made, of_base, of_derived);
    CallId call = made_call_of_either(&made, receive, of_base, of_derived);
    made_read(&made, of_derived);
    made_solve(&made);
    assert_true(made_plan(&made, of_base)->gains_parameter);
    assert_false(made_plan(&made, of_base)->needs_value);
    assert_true(made_plan(&made, of_derived)->gains_parameter);
    assert_true(made_plan(&made, of_derived)->needs_value);
    assert_int_equal(made_passes(&made, call), CALL_PASSES);
    made_close(&made);
}

static void a_value_takes_the_context_optionally(void **state) {
    (void)state;
    Made made;
    made_open(&made, BOUNDARY, "");
    FunctionId handler = made_function(&made, "handler");
    made_escape(&made, (FunctionId){0}, handler);
    made_read(&made, handler);
    made_solve(&made);
    assert_true(made_plan(&made, handler)->gains_parameter);
    assert_true(made_plan(&made, handler)->optional);
    assert_int_equal(made_plan(&made, handler)->code, DIAGNOSTIC_W302);
    made_close(&made);
}

static void a_call_in_doubt_keeps_it_optional(void **state) {
    (void)state;
    Made made;
    made_open(&made, BOUNDARY, "");
    FunctionId receive = made_function(&made, "receive"), reply = made_function(&made, "reply");
    made_call(&made, receive, reply);
    made_unknown_call(&made, receive, reply);
    made_read(&made, reply);
    made_solve(&made);
    assert_true(made_plan(&made, reply)->optional);
    assert_int_not_equal(made_plan(&made, reply)->doubt, 0);
    assert_true(made_plan(&made, reply)->origins & ORIGIN_UNCALLED);
    made_close(&made);
}

static void an_access_at_import_is_refused(void **state) {
    (void)state;
    Made made;
    made_open(&made, BOUNDARY, "");
    ExprId access = made_read(&made, (FunctionId){0});
    made_solve(&made);
    assert_int_equal(made_outcome(&made, access), OUTCOME_REFUSED);
    assert_int_equal(made.solution->isolated_count, 0);
    made_close(&made);
}

static void a_call_at_import_reads_the_ambient_context(void **state) {
    (void)state;
    Made made;
    made_open(&made, BOUNDARY, "");
    FunctionId load = made_function(&made, "load");
    CallId call = made_call(&made, (FunctionId){0}, load);
    made_read(&made, load);
    made_solve(&made);
    assert_int_equal(made_passes(&made, call), CALL_PASSES);
    assert_true(made.solution->calls.items[0].ambient);
    assert_int_equal(made.solution->isolated_count, 0);
    made_close(&made);
}

static void a_parameter_that_is_there_is_used(void **state) {
    (void)state;
    Made made;
    made_open(&made, BOUNDARY, "");
    FunctionId receive = made_function(&made, "receive"), reply = made_function(&made, "reply");
    made_context_parameter(&made, reply, false);
    CallId call = made_call(&made, receive, reply);
    ExprId access = made_read(&made, reply);
    made_solve(&made);
    assert_true(made_plan(&made, reply)->has_parameter);
    assert_false(made_plan(&made, reply)->gains_parameter);
    assert_int_equal(made_outcome(&made, access), OUTCOME_THREADED);
    assert_int_equal(made_passes(&made, call), CALL_PASSES);
    made_close(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needs_spread_up_to_the_boundary),
        cmocka_unit_test(a_loop_of_calls_ends),
        cmocka_unit_test(a_family_moves_together),
        cmocka_unit_test(a_value_takes_the_context_optionally),
        cmocka_unit_test(a_call_in_doubt_keeps_it_optional),
        cmocka_unit_test(an_access_at_import_is_refused),
        cmocka_unit_test(a_call_at_import_reads_the_ambient_context),
        cmocka_unit_test(a_parameter_that_is_there_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
