using System;
using System.Globalization;
using Unroll;

// Prints the width in bits, then for each line of input the microseconds of one prediction, of 256 predictions and of a training epoch of
// 256 samples, each the best of some runs. It counts the processor's time for this program: other programs may run beside it.
Random random = new(1);
Digits model = new(seed: 1);
Adam optimizer = new();
model.Compile(optimizer, new SparseCategoricalCrossentropy());
float[] features = new float[256 * Digits.InputSize];
float[] labels = new float[256];
for (int i = 0; i < features.Length; i++)
{
    features[i] = random.NextSingle();
}

for (int i = 0; i < labels.Length; i++)
{
    labels[i] = random.Next(Digits.OutputSize);
}

Dataset data = new(features, labels, labels.Length);
float[] outputs = new float[256 * Digits.OutputSize];
Console.WriteLine(Model.VectorBits);
while (Console.ReadLine() is not null)
{
    double one = Best(2000, () => model.Predict(features.AsSpan(0, Digits.InputSize), outputs.AsSpan(0, Digits.OutputSize)));
    double many = Best(10, () => model.Predict(features, outputs));
    double training = Best(2, () => model.Fit(data, batchSize: 32, shuffle: false, threads: 1));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one} {many} {training}"));
}

static double Best(int calls, Action action)
{
    double best = double.PositiveInfinity;
    for (int run = 0; run < 4; run++)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int call = 0; call < calls; call++)
        {
            action();
        }

        best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / calls);
    }

    return best;
}

[Network(784)]
[Dense(128, Activation.Tanh)]
[Dense(10, Activation.Softmax)]
internal sealed partial class Digits;
