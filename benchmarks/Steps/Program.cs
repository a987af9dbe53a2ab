using System.Diagnostics;
using System.Globalization;
using Unroll;
using Unroll.Benchmarks;

// One line a measurement: `unroll SHAPE KIND BATCH MICROSECONDS`, the best of several repetitions.
int threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1;
Measure("4-16-3", new Tiny(seed: 1), Tiny.InputSize, Tiny.OutputSize, [1, 32, 256]);
Measure("13-64-64-1", new Small(seed: 1), Small.InputSize, Small.OutputSize, [1, 32, 256]);
Measure("784-128-10", new Digits(seed: 1), Digits.InputSize, Digits.OutputSize, [1, 32, 128, 256]);
Measure("784-512-512-10", new Wide(seed: 1), Wide.InputSize, Wide.OutputSize, [1, 32, 256]);

void Measure(string shape, Model model, int inputs, int outputs, int[] batches)
{
    foreach (int batch in batches)
    {
        float[] x = Uniform(batch * inputs);
        float[] y = new float[batch * outputs];
        Print(shape, "predict", batch, BestOf(() => model.Predict(x, y)));
        if (batch == 1)
        {
            continue;
        }

        const int Steps = 100;
        model.Compile(new Adam(), new MeanSquaredError());
        var timer = new StepTimer();
        var data = new Dataset(Uniform(batch * Steps * inputs), new float[batch * Steps * outputs], batch * Steps);
        model.Fit(data, epochs: 3, batchSize: batch, threads: threads, callbacks: [timer]);
        Print(shape, "train", batch, timer.Best);
    }
}

static void Print(string shape, string kind, int batch, double microseconds) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"unroll {shape} {kind} {batch} {microseconds:0.000}"));

static double BestOf(Action action)
{
    const double Budget = 0.1;
    action();
    long start = Stopwatch.GetTimestamp();
    action();
    int calls = Math.Max(1, (int)(Budget / Math.Max(Stopwatch.GetElapsedTime(start).TotalSeconds, 1e-8)));
    double best = double.PositiveInfinity;
    for (int repetition = 0; repetition < 7; repetition++)
    {
        start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            action();
        }

        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls);
    }

    return best;
}

static float[] Uniform(int count)
{
    var random = new Random(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++)
    {
        values[i] = random.NextSingle();
    }

    return values;
}
