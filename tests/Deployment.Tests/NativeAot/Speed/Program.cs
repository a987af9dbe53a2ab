using System;
using System.Globalization;
using Unroll;

// Prints the width in bits, then for each line of input, the number of a work, the microseconds that work took: 0 for a prediction,
// 1 for 256 of them, 2 for a training epoch of 256 samples. It counts the processor's time for this program: other programs may run beside it.
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
(int Calls, Action Run)[] works =
[
    (200, () => model.Predict(features.AsSpan(0, Digits.InputSize), outputs.AsSpan(0, Digits.OutputSize))),
    (1, () => model.Predict(features, outputs)),
    (1, () => model.Fit(data, batchSize: 32, shuffle: false, threads: 1)),
];
while (Console.ReadLine() is { } line)
{
    (int calls, Action run) = works[int.Parse(line, CultureInfo.InvariantCulture)];
    TimeSpan start = Environment.CpuUsage.TotalTime;
    for (int call = 0; call < calls; call++)
    {
        run();
    }

    Console.WriteLine(((Environment.CpuUsage.TotalTime - start).TotalMicroseconds / calls).ToString(CultureInfo.InvariantCulture));
}

[Network(784)]
[Dense(128, Activation.Tanh)]
[Dense(10, Activation.Softmax)]
internal sealed partial class Digits;
