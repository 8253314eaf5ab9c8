struct state { int count; };
static struct state state;

int main(void) { return state.count + state.count; }
