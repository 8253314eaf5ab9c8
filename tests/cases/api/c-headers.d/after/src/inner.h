int inner(int a);
