struct server { int port; };
struct server *the_server;

static int tight(int a,int b) { return a+b+the_server->port; }

static int wide(int first, int second, int third)
{
  return tight(first,second) + tight(third,tight(first, 1)) + the_server->port;
}

int main(void)
{
  int all = 0;
  for (int i = 0; i < 4; i++)
    {
      if (i)
	{
	  all += wide(all + i, all - i, all * i) + wide(all, i, 12345678);
	  all += wide(wide(all + i, all - i, all * i), tight(all,i), wide(all, i, 12345678));
	}
    }
  return all;
}
