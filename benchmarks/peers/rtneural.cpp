// Times a step of RTNeural's networks of fixed sizes, with random weights. The back end is chosen as RTNeural does, by RTNEURAL_USE_EIGEN,
// RTNEURAL_USE_XSIMD or neither.
//
// usage: rtneural
//
// Each line of input `stream NAME 1 SECONDS` is answered by the microseconds of one step: the median over repetitions that together take
// about SECONDS. The first line of output names what runs.
#include <RTNeural/RTNeural.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

constexpr int Repetitions = 10, LeastRepetitions = 5, Frames = 256;

using Matrix = std::vector<std::vector<float>>;

std::mt19937 source(1);

std::vector<float> random_vector(int count) {
    std::uniform_real_distribution<float> values(-0.25f, 0.25f);
    std::vector<float> vector(count);
    std::generate(vector.begin(), vector.end(), [&] { return values(source); });
    return vector;
}

Matrix random_matrix(int rows, int columns) {
    Matrix matrix;
    for (int row = 0; row < rows; row++) matrix.push_back(random_vector(columns));
    return matrix;
}

template <int In, int Units>
void randomize(RTNeural::LSTMLayerT<float, In, Units> &layer) {
    layer.setWVals(random_matrix(In, 4 * Units));
    layer.setUVals(random_matrix(Units, 4 * Units));
    layer.setBVals(random_vector(4 * Units));
}

template <int In, int Units>
void randomize(RTNeural::GRULayerT<float, In, Units> &layer) {
    layer.setWVals(random_matrix(In, 3 * Units));
    layer.setUVals(random_matrix(Units, 3 * Units));
    layer.setBVals(random_matrix(2, 3 * Units));
}

template <int In, int Filters, int Kernel>
void randomize(RTNeural::Conv1DT<float, In, Filters, Kernel, 1> &layer) {
    std::vector<Matrix> weights;
    for (int filter = 0; filter < Filters; filter++) weights.push_back(random_matrix(In, Kernel));
    layer.setWeights(weights);
    layer.setBias(random_vector(Filters));
}

template <typename Model>
void randomize_dense(Model &layer, int in) {
    layer.setWeights(random_matrix(1, in));
    std::vector<float> bias = random_vector(1);
    layer.setBias(bias.data());
}

double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

float sink;

// The mean time of some steps of a model over signals that lie in the first-level cache.
template <typename Model, int In>
std::function<double(int)> stepping(std::shared_ptr<Model> model) {
    model->reset();
    struct alignas(64) Signal { float values[Frames * ((In + 15) / 16 * 16)]; };
    auto signal = std::make_shared<Signal>();
    std::uniform_real_distribution<float> values(-1.0f, 1.0f);
    for (float &value : signal->values) value = values(source);
    return [model, signal](int steps) {
        constexpr int Stride = (In + 15) / 16 * 16;
        double start = seconds();
        float sum = 0;
        for (int step = 0; step < steps; step++) sum += model->forward(signal->values + step % Frames * Stride);
        sink = sum;
        return (seconds() - start) / steps;
    };
}

template <int In, int Units>
std::function<double(int)> lstm() {
    using Model = RTNeural::ModelT<float, In, 1, RTNeural::LSTMLayerT<float, In, Units>, RTNeural::DenseT<float, Units, 1>>;
    auto model = std::make_shared<Model>();
    randomize(model->template get<0>());
    randomize_dense(model->template get<1>(), Units);
    return stepping<Model, In>(model);
}

template <int In, int Units>
std::function<double(int)> gru() {
    using Model = RTNeural::ModelT<float, In, 1, RTNeural::GRULayerT<float, In, Units>, RTNeural::DenseT<float, Units, 1>>;
    auto model = std::make_shared<Model>();
    randomize(model->template get<0>());
    randomize_dense(model->template get<1>(), Units);
    return stepping<Model, In>(model);
}

template <int In, int Filters, int Kernel>
std::function<double(int)> convolution() {
    using Model = RTNeural::ModelT<float, In, 1, RTNeural::Conv1DT<float, In, Filters, Kernel, 1>, RTNeural::ReLuActivationT<float, Filters>,
                                   RTNeural::DenseT<float, Filters, 1>>;
    auto model = std::make_shared<Model>();
    randomize(model->template get<0>());
    randomize_dense(model->template get<2>(), Filters);
    return stepping<Model, In>(model);
}

double median_time(const std::function<double(int)> &mean_of, double budget) {
    int steps = 1;
    double mean = mean_of(steps);
    while (mean * steps < budget / Repetitions / 2) mean = mean_of(steps *= 2);
    steps = std::max(1, (int)(budget / Repetitions / mean + 0.5));
    std::vector<double> times;
    for (double end = seconds() + budget; times.size() < LeastRepetitions || seconds() < end;) times.push_back(mean_of(steps));
    std::sort(times.begin(), times.end());
    size_t middle = times.size() / 2;
    return times.size() % 2 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
}

#if RTNEURAL_USE_EIGEN
const char backend[] = "Eigen";
#elif RTNEURAL_USE_XSIMD
const char backend[] = "xsimd";
#else
const char backend[] = "STL";
#endif

#ifdef __FAST_MATH__
const char math[] = " -ffast-math";
#else
const char math[] = "";
#endif

}  // namespace

int main() {
    setvbuf(stdout, nullptr, _IOLBF, 0);
    std::map<std::string, std::function<double(int)>> networks{
        {"lstm-1-8", lstm<1, 8>()},
        {"lstm-1-16", lstm<1, 16>()},
        {"lstm-1-32", lstm<1, 32>()},
        {"lstm-1-64", lstm<1, 64>()},
        {"gru-1-16", gru<1, 16>()},
        {"gru-8-64", gru<8, 64>()},
        {"conv-4-16-3", convolution<4, 16, 3>()},
        {"conv-16-16-3", convolution<16, 16, 3>()},
    };
    printf("RTNeural %s%s\n", backend, math);
    char line[512], name[128];
    int batch;
    double budget;
    while (fgets(line, sizeof line, stdin)) {
        auto found = networks.end();
        if (sscanf(line, "stream %127s %d %lf", name, &batch, &budget) == 3) found = networks.find(name);
        if (found == networks.end())
            printf("error not a request: %s", line);
        else
            printf("%.5f\n", median_time(found->second, budget) * 1e6);
    }
    return 0;
}
