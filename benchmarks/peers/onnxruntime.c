// Times ONNX Runtime on files of one input x and one output y through its C API, with no header of its own:
// the API is a table of functions that only ever grows, so an index names a function for good.
//
// usage: onnxruntime LIBONNXRUNTIME THREADS FOLDER
//
// Each line of input `predict NAME BATCH SECONDS` is answered by the microseconds of one Run of FOLDER/NAME.onnx: the median over
// repetitions that together take about SECONDS. The first line of output names the version.
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef void *Status;
enum { GetErrorMessage = 2, CreateEnv = 3, CreateSession = 7, Run = 9, CreateSessionOptions = 10,
       SetIntraOpNumThreads = 24, GetInputTypeInfo = 33, GetOutputTypeInfo = 34, CreateTensorWithData = 49, CastToTensorInfo = 55,
       GetElementType = 60, GetDimensionsCount = 61, GetDimensions = 62, CreateCpuMemoryInfo = 69, ApiVersion = 17 };
struct ApiBase { void **(*GetApi)(uint32_t); const char *(*GetVersionString)(void); };

enum { Repetitions = 10, LeastRepetitions = 5, MostRepetitions = 1000, MostWorkloads = 64, MostDimensions = 8, Integers = 7, Ids = 17 };

struct Workload { char name[128]; int batch; void *session, *x, *y; };

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

// A tensor for the first input or output of a session, whose first dimension becomes the batch.
static void *tensor(void *session, int which, int batch) {
    void *type;
    const void *tensor_type;
    int element;
    size_t rank, count = 1;
    int64_t shape[MostDimensions];
    check(((Status(*)(void *, size_t, void **))api[which])(session, 0, &type));
    check(((Status(*)(void *, const void **))api[CastToTensorInfo])(type, &tensor_type));
    check(((Status(*)(const void *, int *))api[GetElementType])(tensor_type, &element));
    check(((Status(*)(const void *, size_t *))api[GetDimensionsCount])(tensor_type, &rank));
    if (rank > MostDimensions) {
        printf("error more than %d dimensions\n", MostDimensions);
        exit(1);
    }
    check(((Status(*)(const void *, int64_t *, size_t))api[GetDimensions])(tensor_type, shape, rank));
    shape[0] = batch;
    for (size_t i = 0; i < rank; i++) count *= shape[i];
    size_t bytes = count * (element == Integers ? sizeof(int64_t) : sizeof(float));
    void *values = aligned_alloc(64, (bytes + 63) / 64 * 64);
    for (size_t i = 0; i < count; i++) {
        if (element == Integers) ((int64_t *)values)[i] = i % Ids;
        else ((float *)values)[i] = (float)(i % 17) * 0.05f;
    }
    void *value;
    check(((Status(*)(void *, void *, size_t, const int64_t *, size_t, int, void **))api[CreateTensorWithData])(
        memory, values, bytes, shape, rank, element, &value));
    return value;
}

static struct Workload *find(const char *folder, const char *name, int batch) {
    for (int i = 0; i < workload_count; i++)
        if (workloads[i].batch == batch && !strcmp(workloads[i].name, name)) return &workloads[i];
    if (workload_count == MostWorkloads) {
        printf("error more than %d workloads\n", MostWorkloads);
        exit(1);
    }
    struct Workload *added = &workloads[workload_count++];
    snprintf(added->name, sizeof added->name, "%s", name);
    added->batch = batch;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.onnx", folder, name);
    check(((Status(*)(void *, const char *, void *, void **))api[CreateSession])(env, path, options, &added->session));
    added->x = tensor(added->session, GetInputTypeInfo, batch);
    added->y = tensor(added->session, GetOutputTypeInfo, batch);
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
    char line[512], name[128];
    int batch;
    double budget;
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "predict %127s %d %lf", name, &batch, &budget) != 3)
            printf("error not a request: %s", line);
        else
            printf("%.4f\n", median_time(find(argv[3], name, batch), budget) * 1e6);
    }
    return 0;
}
