// Times ONNX Runtime on perceptron files through its C API, with no header of its own:
// the API is a table of functions that only ever grows, so an index names a function for good.
//
// usage: ort_mlp LIBONNXRUNTIME THREADS FOLDER
//
// Each line of input `predict SHAPE BATCH SECONDS` is answered by the microseconds of one Run of FOLDER/SHAPE.onnx: the median over
// repetitions that together take about SECONDS. The first line of output names the version.
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef void *Status;
enum { GetErrorMessage = 2, CreateEnv = 3, CreateSession = 7, Run = 9, CreateSessionOptions = 10,
       SetIntraOpNumThreads = 24, CreateTensorWithData = 49, CreateCpuMemoryInfo = 69, ApiVersion = 17 };
struct ApiBase { void **(*GetApi)(uint32_t); const char *(*GetVersionString)(void); };

enum { Repetitions = 10, LeastRepetitions = 5, MostRepetitions = 1000, MostWorkloads = 64 };

struct Workload { char shape[128]; int batch; void *session, *x, *y; };

static void **api;
static void *env, *options, *memory;
static struct Workload workloads[MostWorkloads];
static int workload_count;

static void check(Status status) {
    if (!status) return;
    printf("error %s\n", ((const char *(*)(Status))api[GetErrorMessage])(status));
    exit(1);
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void *tensor(int rows, int columns) {
    float *values = aligned_alloc(64, ((size_t)rows * columns * 4 + 63) / 64 * 64);
    for (int i = 0; i < rows * columns; i++) values[i] = (float)(i % 17) * 0.05f;
    int64_t shape[2] = {rows, columns};
    void *value;
    check(((Status(*)(void *, void *, size_t, const int64_t *, size_t, int, void **))api[CreateTensorWithData])(
        memory, values, 4ul * rows * columns, shape, 2, 1, &value));
    return value;
}

static struct Workload *find(const char *folder, const char *shape, int batch) {
    for (int i = 0; i < workload_count; i++)
        if (workloads[i].batch == batch && !strcmp(workloads[i].shape, shape)) return &workloads[i];
    if (workload_count == MostWorkloads) {
        printf("error more than %d workloads\n", MostWorkloads);
        exit(1);
    }
    struct Workload *added = &workloads[workload_count++];
    snprintf(added->shape, sizeof added->shape, "%s", shape);
    added->batch = batch;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.onnx", folder, shape);
    check(((Status(*)(void *, const char *, void *, void **))api[CreateSession])(env, path, options, &added->session));
    added->x = tensor(batch, atoi(shape));
    added->y = tensor(batch, atoi(strrchr(shape, '-') + 1));
    return added;
}

static double mean_of(struct Workload *w, int calls) {
    Status (*run)(void *, void *, const char *const *, void **, size_t, const char *const *, size_t, void **) = api[Run];
    const char *in = "x", *out = "y";
    double start = seconds();
    for (int i = 0; i < calls; i++) check(run(w->session, NULL, &in, &w->x, 1, &out, 1, &w->y));
    return (seconds() - start) / calls;
}

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double median_time(struct Workload *w, double budget) {
    int calls = 1;
    double mean = mean_of(w, calls);
    while (mean * calls < budget / Repetitions / 2) mean = mean_of(w, calls *= 2);
    calls = (int)(budget / Repetitions / mean + 0.5);
    if (calls < 1) calls = 1;
    double times[MostRepetitions], end = seconds() + budget;
    int count = 0;
    while (count < MostRepetitions && (count < LeastRepetitions || seconds() < end)) times[count++] = mean_of(w, calls);
    qsort(times, count, sizeof *times, ascending);
    return count % 2 ? times[count / 2] : (times[count / 2 - 1] + times[count / 2]) / 2;
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    void *library = argc == 4 ? dlopen(argv[1], RTLD_NOW) : NULL;
    if (!library) {
        fprintf(stderr, argc == 4 ? "%s: %s\n" : "usage: %s LIBONNXRUNTIME THREADS FOLDER\n", argv[0], dlerror());
        return 2;
    }
    const struct ApiBase *base = ((const struct ApiBase *(*)(void))dlsym(library, "OrtGetApiBase"))();
    api = base->GetApi(ApiVersion);
    check(((Status(*)(int, const char *, void **))api[CreateEnv])(3, "peer", &env));
    check(((Status(*)(void **))api[CreateSessionOptions])(&options));
    check(((Status(*)(void *, int))api[SetIntraOpNumThreads])(options, atoi(argv[2])));
    check(((Status(*)(int, int, void **))api[CreateCpuMemoryInfo])(1, 0, &memory));
    printf("ONNX Runtime %s\n", base->GetVersionString());
    char line[512], shape[128];
    int batch;
    double budget;
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "predict %127s %d %lf", shape, &batch, &budget) != 3)
            printf("error not a request: %s", line);
        else
            printf("%.4f\n", median_time(find(argv[3], shape, batch), budget) * 1e6);
    }
    return 0;
}
