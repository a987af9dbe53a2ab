using System.Diagnostics;
using System.Globalization;
using System.Text;
using Unroll.Benchmarks.Editor;

// One line a measurement: `editor WHAT MILLISECONDS MEGABYTES`, processor time, the best of several edits, and what one allocates. Exits with 1
// where a target is missed.
const int WarmUp = 10;
const int Edits = 40;

// What shares the processor's core comes and goes within seconds, sometimes many, and the generator is as fast as it is without. What it
// allocates tells more work than before whatever the clock says.
const double Seconds = 3;
const double SecondsAboveTarget = 30;
const double TargetOfFiftyLayers = 20;
const double MegabytesOfFiftyLayers = 20;
const double TargetOfResNet = 100;
bool isMet = true;

// 1. A network of 50 layers, one of which gets another number of units at every edit.
var deep = new EditedProject([Deep(0), "class Unrelated;"]);
deep.Regenerate();
double regeneration = Best(edit =>
{
    deep.Edit(0, Deep(edit));
    return Timed(deep, expected: 1);
}, TargetOfFiftyLayers);
Print("50 layers, one edited", regeneration, deep);
Require(regeneration <= TargetOfFiftyLayers, $"a 50-layer network must regenerate in {TargetOfFiftyLayers} ms, but took {regeneration:0.0}");
Require(deep.Megabytes <= MegabytesOfFiftyLayers, $"a 50-layer network must regenerate with {MegabytesOfFiftyLayers} MB, but took {deep.Megabytes:0.0}");

// 2. An edit elsewhere.
Print("50 layers, unrelated edit", Best(edit =>
{
    deep.Edit(1, $"class Unrelated {{ int _field = {edit}; }}");
    return Timed(deep, expected: 0);
}), deep);

// 3. A residual network of 20 layers with weights, whose last third gets another number of channels at every edit.
var residual = new EditedProject([ResNet(channels: 64)]);
residual.Regenerate();
double edited = Best(edit =>
{
    residual.Edit(0, ResNet(64 + edit));
    return Timed(residual, expected: 1);
}, TargetOfResNet);
Print("ResNet-20, a third edited", edited, residual);
Require(edited <= TargetOfResNet, $"ResNet-20 must regenerate in {TargetOfResNet} ms, but took {edited:0.0}");

// 4. Many networks: the first run, an edit of one, an edit elsewhere.
double first = 0;
foreach (int count in new[] { 50, 100, 200 })
{
    var many = new EditedProject([.. Enumerable.Range(0, count).Select(static index => Small(index, units: 16)), "class Unrelated;"]);
    double all = Timed(many, count);
    first = count == 50 ? all : first;
    Print($"{count} networks, all", all, many);
    Print($"{count} networks, one edited", Best(edit =>
    {
        many.Edit(0, Small(0, units: 17 + edit));
        return Timed(many, expected: 1);
    }), many);
    Print($"{count} networks, unrelated edit", Best(edit =>
    {
        many.Edit(count, $"class Unrelated {{ int _field = {edit}; }}");
        return Timed(many, expected: 0);
    }), many);
    Require(all <= first * count / 50 * 2, $"{count} networks must take about {count / 50} times as long as 50 ({first:0.0} ms), but took {all:0.0}");
}

return isMet ? 0 : 1;

static double Timed(EditedProject project, int expected)
{
    double milliseconds = project.Regenerate();
    int compiled = project.Compiled;
    return compiled == expected
        ? milliseconds
        : throw new InvalidOperationException($"{expected} networks should have been compiled, but {compiled} were");
}

static double Best(Func<int, double> edit, double target = double.PositiveInfinity)
{
    foreach (int warm in Enumerable.Range(1, WarmUp))
    {
        edit(warm);
    }

    double best = double.PositiveInfinity;
    var watch = Stopwatch.StartNew();
    for (int next = 0; next < Edits || watch.Elapsed.TotalSeconds < (best > target ? SecondsAboveTarget : Seconds); next++)
    {
        best = Math.Min(best, edit(WarmUp + 1 + next));
    }

    return best;
}

static string Deep(int edit)
{
    var text = new StringBuilder("[Network(32)]\n");
    for (int layer = 0; layer < 24; layer++)
    {
        text.Append(CultureInfo.InvariantCulture, $"[Dense({(layer == 11 ? 64 + edit : 32 + (layer % 5))}, Activation.Relu)]\n[Dropout(0.1f)]\n");
    }

    return text.Append("[BatchNormalization]\n[Dense(10, Activation.Softmax)]\npublic partial class Deep;").ToString();
}

static string ResNet(int channels) => $"""
    [Network(32, 32, 3)]
    {Convolution(16)} [Activate(Activation.Relu)]
    [Use<Keep16>(Repeat = 3)] [Use<Halve32>] [Use<Keep32>(Repeat = 2)] [Use<Halve64>] [Use<Keep64>(Repeat = 2)]
    [GlobalAveragePooling2D] [Dense(10, Activation.Softmax)]
    public partial class ResNet20;
    {Keep(16, 16)} {Keep(32, 32)} {Keep(64, channels)} {Halve(32, 32)} {Halve(64, channels)}
    """;

static string Keep(int name, int channels) => $"""
    [Block] {Convolution(channels)} [Activate(Activation.Relu)] {Convolution(channels)} public sealed class Body{name};
    [Block] [Residual<Body{name}>] [Activate(Activation.Relu)] public sealed class Keep{name};
    """;

static string Halve(int name, int channels) => $"""
    [Block] {Convolution(channels, ", Strides = [2]")} [Activate(Activation.Relu)] {Convolution(channels)} [Activate(Activation.Linear, Name = "body")]
    [Conv2D({channels}, 1, Strides = [2], UseBias = false, From = "input")] [BatchNormalization(Name = "projection")]
    [Add("body", "projection")] [Activate(Activation.Relu)] public sealed class Halve{name};
    """;

static string Convolution(int channels, string strides = "") =>
    $"[Conv2D({channels}, 3, Padding = Padding.Same, UseBias = false{strides})] [BatchNormalization]";

static string Small(int index, int units) =>
    $"[Network(8)] [Dense({units}, Activation.Relu)] [Dense(8, Activation.Tanh)] [Dense(3)] public partial class Network{index};";

void Require(bool holds, FormattableString problem)
{
    if (!holds)
    {
        isMet = false;
        Console.Error.WriteLine(FormattableString.Invariant(problem));
    }
}

static void Print(string what, double milliseconds, EditedProject project) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"editor {what} {milliseconds:0.00} {project.Megabytes:0.00}"));
