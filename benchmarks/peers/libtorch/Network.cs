using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Unroll.Benchmarks.Peers;

/// <summary>A network by its name in networks.py, channels first.</summary>
/// <param name="Layers">What is run.</param>
/// <param name="Inputs">The shape of a sample.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Classifies">Whether it learns classes, not values.</param>
/// <param name="Ids">How many ids its inputs count; 0: they are values.</param>
internal sealed record Network(Module<Tensor, Tensor> Layers, long[] Inputs, int Outputs, bool Classifies = true, int Ids = 0)
{
    public static Network Create(string name) => name switch
    {
        "mnist" => new(
            Sequential(Conv2d(1, 32, 3), ReLU(), MaxPool2d(2), Conv2d(32, 64, 3), ReLU(), MaxPool2d(2), Flatten(), Linear(1600, 10)), [1, 28, 28], 10),
        "lenet" => new(
            Sequential(
                Conv2d(1, 6, 5, padding: 2), Tanh(), AvgPool2d(2), Conv2d(6, 16, 5), Tanh(), AvgPool2d(2), Flatten(),
                Linear(400, 120), Tanh(), Linear(120, 84), Tanh(), Linear(84, 10)),
            [1, 28, 28],
            10),
        "cifar" => new(
            Sequential(
                Conv2d(3, 32, 3, padding: 1), ReLU(), Conv2d(32, 32, 3, padding: 1), ReLU(), MaxPool2d(2),
                Conv2d(32, 64, 3, padding: 1), ReLU(), Conv2d(64, 64, 3, padding: 1), ReLU(), MaxPool2d(2), Flatten(),
                Linear(4096, 256), ReLU(), Linear(256, 10)),
            [3, 32, 32],
            10),
        "signal" => new(
            Sequential(
                Conv1d(4, 32, 5, padding: 2), ReLU(), MaxPool1d(2), Conv1d(32, 64, 5, padding: 2), ReLU(), AdaptiveAvgPool1d(1), Flatten(), Linear(64, 6)),
            [4, 128],
            6),
        "rows" => new(new LastStep(LSTM(28, 128, batchFirst: true), 128, 10), [28, 28], 10),
        "series" => new(new LastStep(GRU(8, 64, batchFirst: true), 64, 1), [64, 8], 1, Classifies: false),
        "text" => new(new LastStep(LSTM(32, 32, batchFirst: true), 32, 2, Embedding(5000, 32)), [80], 2, Ids: 5000),
        "encoder" => new(new Encoder(), [64, 64], 2),
        _ => Perceptron([.. name.Split('-').Select(static size => long.Parse(size, CultureInfo.InvariantCulture))]),
    };

    public Action Prediction(int batch)
    {
        Tensor x = Batch(batch);
        Layers.eval();
        return () =>
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable inference = inference_mode();
            Layers.forward(x);
        };
    }

    /// <summary>Zeroed gradients, forward, loss, backward, Adam.</summary>
    public Action Step(int batch)
    {
        Tensor x = Batch(batch);
        Tensor target = Classifies ? randint(0, Outputs, [batch], ScalarType.Int64) : rand(batch, Outputs);
        Layers.train();
        var optimizer = optim.Adam(Layers.parameters(), 1e-3);
        Loss<Tensor, Tensor, Tensor> loss = Classifies ? CrossEntropyLoss() : MSELoss();
        return () =>
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            loss.forward(Layers.forward(x), target).backward();
            optimizer.step();
        };
    }

    private static Network Perceptron(long[] sizes)
    {
        var layers = new List<Module<Tensor, Tensor>>();
        for (int i = 1; i < sizes.Length; i++)
        {
            layers.Add(Linear(sizes[i - 1], sizes[i]));
            if (i < sizes.Length - 1)
            {
                layers.Add(ReLU());
            }
        }

        return new Network(Sequential([.. layers]), [sizes[0]], (int)sizes[^1], Classifies: false);
    }

    private Tensor Batch(int count) => Ids > 0 ? randint(0, Ids, [count, .. Inputs], ScalarType.Int64) : rand([count, .. Inputs]);
}
