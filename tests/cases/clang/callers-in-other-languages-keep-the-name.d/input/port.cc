extern "C" int get_port(void);

class Port {
  public:
    int local() { return get_port() + 1'000; }
};
