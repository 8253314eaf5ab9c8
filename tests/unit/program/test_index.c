// Who calls, makes, inherits and reads, in programs that are made by hand.
#include "support_made.h"

#include "program/index.h"
#include "program/rows.h"

// The rows of LIST are EXPECTED, in that order.
static void assert_rows(RowList list, const uint32_t *expected, uint32_t count) {
    assert_int_equal(row_count(list), count);
    for (uint32_t i = 0; i < count; i++) assert_int_equal(list.at[i], expected[i]);
}
#define ROWS(...) (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t)

static void calls_are_found_from_both_ends(void **state) {
    (void)state;
    Made made;
    made_open(&made, "", "");
    FunctionId first = made_function(&made, "first"), second = made_function(&made, "second");
    FunctionId third = made_function(&made, "third");
    CallId either = made_call_of_either(&made, first, second, third); // edges 1 and 2
    made_call(&made, FACT_NONE(FunctionId), third);                   // edge 3, at module level
    made_escape(&made, second, third);                                // edge 4
    made_build(&made);
    const Program *program = &made.program;
    assert_rows(program_callers(program, second), ROWS(1));
    assert_rows(program_callers(program, third), ROWS(2, 3, 4));
    assert_rows(program_edges_from(program, first), ROWS(1, 2));
    assert_rows(program_edges_from(program, second), ROWS(4));
    assert_rows(program_call_edges(program, either), ROWS(1, 2));
    assert_int_equal(row_count(program_callers(program, first)), 0);
    assert_int_equal(program_edge_caller(program, 1).index, first.index);
    assert_int_equal(program_edge_caller(program, 3).index, 0);
    made_close(&made);
}

static void constructions_count_for_exactly_that_class_or_with_those_below(void **state) {
    (void)state;
    Made made;
    made_open(&made, "", "");
    ClassId base = made_class(&made, "Base"), middle = made_subclass(&made, "Middle", base);
    ClassId last = made_subclass(&made, "Last", middle), other = made_class(&made, "Other");
    FunctionId maker = made_function(&made, "maker");
    made_construction(&made, maker, last); // edge 1
    made_construction(&made, maker, base); // edge 2
    made_build(&made);
    const Program *program = &made.program;
    assert_rows(program_lineage(program, base), ROWS(base.index, middle.index, last.index));
    assert_rows(program_descendants(program, base), ROWS(middle.index, last.index));
    assert_rows(program_descendants(program, middle), ROWS(last.index));
    assert_int_equal(row_count(program_descendants(program, other)), 0);
    assert_rows(program_constructions(program, base), ROWS(2));
    assert_rows(program_constructions(program, last), ROWS(1));
    assert_int_equal(row_count(program_constructions(program, middle)), 0);
    RowNumbers all = {0};
    program_add_constructions(program, base, &all);
    program_add_constructions(program, middle, &all);
    row_numbers_settle(&all);
    assert_rows((RowList){all.items, all.items + all.count}, ROWS(1, 2));
    vec_release(&all);
    made_close(&made);
}

static void functions_are_found_by_family_and_class(void **state) {
    (void)state;
    Made made;
    made_open(&made, "", "");
    ClassId base = made_class(&made, "Base"), child = made_subclass(&made, "Child", base);
    FunctionId run = made_method(&made, base, "run"), override = made_method(&made, child, "run");
    FunctionId alone = made_function(&made, "alone");
    made_family(&made, run, override);
    made_build(&made);
    const Program *program = &made.program;
    assert_rows(program_members(program, program_function(program, override)->family), ROWS(run.index, override.index));
    assert_rows(program_members(program, program_function(program, alone)->family), ROWS(alone.index));
    assert_rows(program_methods(program, child), ROWS(override.index));
    made_close(&made);
}

static void reads_of_a_symbol_are_those_that_evaluate_it(void **state) {
    (void)state;
    Made made;
    made_open(&made, "", "");
    FunctionId reader = made_function(&made, "reader");
    ExprId read = made_read(&made, reader), stored = made_read(&made, reader);
    ExprId declared = made_read(&made, reader), again = made_read(&made, FACT_NONE(FunctionId));
    facts_expr_row(&made.facts, stored)->flags |= EXPR_STORED;
    facts_expr_row(&made.facts, declared)->flags |= EXPR_IN_ANNOTATION;
    made_build(&made);
    assert_rows(program_reads(&made.program, made.settings), ROWS(read.index, again.index));
    made_close(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_found_from_both_ends),
        cmocka_unit_test(constructions_count_for_exactly_that_class_or_with_those_below),
        cmocka_unit_test(functions_are_found_by_family_and_class),
        cmocka_unit_test(reads_of_a_symbol_are_those_that_evaluate_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
