typedef int (*hook)(int number);
int run_hook(hook hook, int number);
