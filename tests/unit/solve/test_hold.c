// Which classes keep the context: by who makes their instances, and when. On a program that is made by hand.
#include "support_solved.h"

static const char BOUNDARY[] =
    "  - { id: inbound, function: app.receive, origin: message, create: app.context_of() }\n";

typedef struct Holder {
    Made made;
    FunctionId receive, constructor, method;
    ClassId klass;
    ExprId access;
} Holder;

// `class Session` whose method reads the sink; `receive` is the boundary.
static void open_holder(Holder *holder, const char *more) {
    Made *made = &holder->made;
    made_open(made, BOUNDARY, more);
    holder->receive = made_function(made, "receive");
    holder->klass = made_class(made, "Session");
    holder->constructor = made_method(made, holder->klass, "__init__");
    holder->method = made_method(made, holder->klass, "answer");
    holder->access = made_read(made, holder->method);
}

static const ClassPlan *class_plan(const Holder *holder) {
    return &holder->made.solution->classes[holder->klass.index];
}

static void an_object_of_a_message_holds(void **state) {
    (void)state;
    Holder holder;
    open_holder(&holder, "");
    CallId made_here = made_construction(&holder.made, holder.receive, holder.klass);
    CallId call = made_call(&holder.made, holder.receive, holder.method);
    made_solve(&holder.made);
    assert_true(class_plan(&holder)->holds);
    assert_true(made_plan(&holder.made, holder.constructor)->stores);
    assert_int_equal(made_outcome(&holder.made, holder.access), OUTCOME_HELD);
    assert_int_equal(made_passes(&holder.made, made_here), CALL_PASSES);
    assert_int_equal(made_passes(&holder.made, call), CALL_UNCHANGED);
    made_close(&holder.made);
}

static void one_made_at_import_is_enough_not_to_hold(void **state) {
    (void)state;
    Holder holder;
    open_holder(&holder, "");
    made_construction(&holder.made, holder.receive, holder.klass);
    made_construction(&holder.made, (FunctionId){0}, holder.klass);
    CallId call = made_call(&holder.made, holder.receive, holder.method);
    made_solve(&holder.made);
    assert_false(class_plan(&holder)->holds);
    assert_int_equal(class_plan(&holder)->hold_reason, HOLD_PROCESS_LIFETIME);
    assert_true(made_plan(&holder.made, holder.method)->gains_parameter);
    assert_int_equal(made_passes(&holder.made, call), CALL_PASSES);
    made_close(&holder.made);
}

static void a_rule_keeps_a_class_from_holding(void **state) {
    (void)state;
    Holder holder;
    open_holder(&holder, "never_hold: [app.Session]\n");
    made_construction(&holder.made, holder.receive, holder.klass);
    CallId call = made_call(&holder.made, holder.receive, holder.method);
    made_solve(&holder.made);
    assert_false(class_plan(&holder)->holds);
    assert_int_equal(class_plan(&holder)->hold_reason, HOLD_NEVER);
    assert_int_equal(made_outcome(&holder.made, holder.access), OUTCOME_THREADED);
    assert_int_equal(made_passes(&holder.made, call), CALL_PASSES);
    made_close(&holder.made);
}

static void a_closed_kind_does_not_hold(void **state) {
    (void)state;
    Holder holder;
    open_holder(&holder, "");
    facts_class_row(&holder.made.facts, holder.klass)->flags |= CLASS_ENUM;
    made_call(&holder.made, holder.receive, holder.method);
    made_solve(&holder.made);
    assert_false(class_plan(&holder)->holds);
    assert_int_equal(class_plan(&holder)->hold_reason, HOLD_CLOSED_KIND);
    made_close(&holder.made);
}

static void a_receiver_of_messages_does_not_hold(void **state) {
    (void)state;
    Made made;
    made_open(&made,
              "  - { id: inbound, function: app.Bot.on_message, origin: message, create: "
              "app.context_of() }\n",
              "");
    ClassId bot = made_class(&made, "Bot");
    FunctionId on_message = made_method(&made, bot, "on_message"),
               reply = made_method(&made, bot, "reply");
    made_call(&made, on_message, reply);
    ExprId access = made_read(&made, reply);
    made_solve(&made);
    assert_int_equal(made.solution->classes[bot.index].hold_reason, HOLD_RECEIVES);
    assert_int_equal(made_plan(&made, on_message)->supply, SUPPLY_CREATED);
    assert_int_equal(made_outcome(&made, access), OUTCOME_THREADED);
    made_close(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_of_a_message_holds),
        cmocka_unit_test(one_made_at_import_is_enough_not_to_hold),
        cmocka_unit_test(a_rule_keeps_a_class_from_holding),
        cmocka_unit_test(a_closed_kind_does_not_hold),
        cmocka_unit_test(a_receiver_of_messages_does_not_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
