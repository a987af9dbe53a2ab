// Times libtorch through TorchSharp, one request a line: `predict NAME BATCH SECONDS` or `train NAME BATCH SECONDS`, answered by microseconds as pytorch.py does.
using System.Globalization;
using TorchSharp;
using Unroll.Benchmarks;
using Unroll.Benchmarks.Peers;

int threads = int.Parse(args[0], CultureInfo.InvariantCulture);
torch.set_num_threads(threads);
torch.set_num_interop_threads(threads);
Console.WriteLine($"libtorch {torch.__version__}");
var actions = new Dictionary<string, Action>();
while (Console.ReadLine() is string line)
{
    string[] words = line.Split(' ');
    (string kind, string name) = (words[0], words[1]);
    string key = string.Join(' ', words[..3]);
    if (!actions.TryGetValue(key, out Action? action))
    {
        var network = Network.Create(name);
        int batch = int.Parse(words[2], CultureInfo.InvariantCulture);
        actions[key] = action = kind == "train" ? network.Step(batch) : network.Prediction(batch);
    }

    double microseconds = Repetition.MedianMicroseconds(action, double.Parse(words[3], CultureInfo.InvariantCulture));
    Console.WriteLine(microseconds.ToString("F4", CultureInfo.InvariantCulture));
}
