#ifdef __cplusplus
extern "C" {
#endif
int port(void);
#ifdef __cplusplus
}
#endif
