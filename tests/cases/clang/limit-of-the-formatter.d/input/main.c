struct server { int port; };
struct server *the_server;

static int a_function_with_a_long_name(int first, int second, int third, int fourth)
{
    return the_server->port + first + second + third + fourth;
}

int main(void)
{
    return a_function_with_a_long_name(1, 2, 3, 4) + a_function_with_a_long_name(5, 6, 7, 8);
}
