struct platform { int a, b; };
extern struct platform platform;
