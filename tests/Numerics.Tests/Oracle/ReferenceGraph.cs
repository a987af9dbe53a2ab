using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>A <see cref="RandomGraph"/> computed node by node in double precision, and backward from its last node to its first. Outputs lie sample by sample.</summary>
internal sealed class ReferenceGraph(RandomGraph graph, Model model)
{
    private readonly Dictionary<string, double[]> _parameters = model.Parameters.ToDictionary(
        static parameter => parameter.Name, static parameter => ReferenceNetwork.Doubles(parameter.ToArray()));

    private readonly double[][] _values = new double[graph.Nodes.Count][];
    private readonly double[][] _slopes = new double[graph.Nodes.Count][];

    // Of a tower's first layer.
    private readonly double[][] _hidden = new double[graph.Nodes.Count][];

    // The largest sum of the terms' sizes in products of two values, whose own size may be far below.
    private double _largestTerms;

    /// <summary>After <see cref="Backpropagate"/>, the gradient of each parameter.</summary>
    public Dictionary<string, double[]> Gradients { get; } = [];

    /// <summary>The size of the largest value in the graph: errors of differences are measured against what they are of.</summary>
    public double LargestValue =>
        Math.Max(_largestTerms, _values.Concat(_hidden).Where(static values => values is not null).Max(static values => values.Max(Math.Abs)));

    /// <summary>The same of the slopes.</summary>
    public double LargestSlope => _slopes.Max(static slopes => slopes.Max(Math.Abs));

    /// <summary>The terms of the longest sum of products.</summary>
    public int LongestSum => graph.Nodes.Max(static node => node.Width);

    /// <param name="inputs">The rows of each input.</param>
    public double[] Predict(IReadOnlyList<float[]> inputs)
    {
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            _values[i] = graph.Nodes[i].Kind == GraphNodeKind.Input ? ReferenceNetwork.Doubles(inputs[i]) : Forward(i);
        }

        int samples = inputs[0].Length / (graph.Vectors * graph.Nodes[0].Width);
        return
        [
            .. Enumerable.Range(0, samples).SelectMany(sample => graph.Outputs.SelectMany(output =>
            {
                int size = _values[output].Length / samples;
                return _values[output].Skip(sample * size).Take(size);
            })),
        ];
    }

    /// <summary>The sum of the outputs' mean squared errors; fills <see cref="Gradients"/>.</summary>
    /// <param name="inputs">The rows of each input.</param>
    /// <param name="targets">The rows of each output.</param>
    public double Backpropagate(IReadOnlyList<float[]> inputs, IReadOnlyList<float[]> targets)
    {
        _ = Predict(inputs);
        for (int i = 0; i < _slopes.Length; i++)
        {
            _slopes[i] = new double[_values[i].Length];
        }

        Gradients.Clear();
        foreach ((string name, double[] values) in _parameters)
        {
            Gradients.Add(name, new double[values.Length]);
        }

        double loss = 0;
        foreach ((int output, float[] target) in graph.Outputs.Zip(targets))
        {
            double[] y = _values[output];
            for (int i = 0; i < y.Length; i++)
            {
                double error = y[i] - target[i];
                loss += error * error / y.Length;
                _slopes[output][i] = 2 * error / y.Length;
            }
        }

        for (int i = _slopes.Length - 1; i >= 0; i--)
        {
            Backward(i);
        }

        return loss;
    }

    private double[] Forward(int index)
    {
        RandomGraphNode node = graph.Nodes[index];
        double[] x = _values[node.Inputs[0]];
        switch (node.Kind)
        {
            case GraphNodeKind.Dense:
                return Dense(x, node.Name, node.Activation);
            case GraphNodeKind.Tower:
                _hidden[index] = Dense(x, $"{node.Owner}/dense1", Activation.Tanh);
                return Dense(_hidden[index], $"{node.Owner}/dense2", Activation.Sigmoid);
            case GraphNodeKind.Concatenate:
                double[] joined = new double[x.Length / graph.Nodes[node.Inputs[0]].Width * node.Width];
                ForEachPart(node, joined.Length / node.Width, (input, from, to) => joined[to] = _values[input][from]);
                return joined;
            case GraphNodeKind.Dot or GraphNodeKind.Mix:
                return Products(node, x.Length / graph.Nodes[node.Inputs[0]].Width * node.Width);
            default:
                return [.. Enumerable.Range(0, x.Length).Select(i => Merge(node.Kind, [.. node.Inputs.Select(input => _values[input][i])]))];
        }
    }

    private void Backward(int index)
    {
        RandomGraphNode node = graph.Nodes[index];
        double[] dy = _slopes[index];
        switch (node.Kind)
        {
            case GraphNodeKind.Input:
                break;
            case GraphNodeKind.Dense:
                DenseBackward(_values[node.Inputs[0]], _values[index], dy, node.Name, node.Activation, _slopes[node.Inputs[0]]);
                break;
            case GraphNodeKind.Tower:
                double[] between = new double[_hidden[index].Length];
                DenseBackward(_hidden[index], _values[index], dy, $"{node.Owner}/dense2", Activation.Sigmoid, between);
                DenseBackward(_values[node.Inputs[0]], _hidden[index], between, $"{node.Owner}/dense1", Activation.Tanh, _slopes[node.Inputs[0]]);
                break;
            case GraphNodeKind.Concatenate:
                ForEachPart(node, dy.Length / node.Width, (input, from, to) => _slopes[input][from] += dy[to]);
                break;
            case GraphNodeKind.Dot or GraphNodeKind.Mix:
                ForEachTerm(node, dy.Length, (a, b, to) =>
                {
                    _slopes[node.Inputs[0]][a] += dy[to] * _values[node.Inputs[1]][b];
                    _slopes[node.Inputs[1]][b] += dy[to] * _values[node.Inputs[0]][a];
                });
                break;
            default:
                for (int i = 0; i < dy.Length; i++)
                {
                    double[] x = [.. node.Inputs.Select(input => _values[input][i])];
                    for (int operand = 0; operand < x.Length; operand++)
                    {
                        _slopes[node.Inputs[operand]][i] += dy[i] * Slope(node.Kind, x, operand);
                    }
                }

                break;
        }
    }

    private void ForEachPart(RandomGraphNode node, int vectors, Action<int, int, int> visit)
    {
        int start = 0;
        foreach (int input in node.Inputs)
        {
            int width = graph.Nodes[input].Width;
            for (int i = 0; i < vectors * width; i++)
            {
                visit(input, i, (i / width * node.Width) + start + (i % width));
            }

            start += width;
        }
    }

    private double[] Products(RandomGraphNode node, int length)
    {
        double[] sums = new double[length];
        double[] sizes = new double[length];
        ForEachTerm(node, length, (a, b, to) =>
        {
            double term = _values[node.Inputs[0]][a] * _values[node.Inputs[1]][b];
            sums[to] += term;
            sizes[to] += Math.Abs(term);
        });
        _largestTerms = Math.Max(_largestTerms, sizes.Max());
        return sums;
    }

    // Vector i of y has for each j the sum over k of a[i, k]·b[j, k]; mixed, of a[i, k]·b[k, j].
    private void ForEachTerm(RandomGraphNode node, int length, Action<int, int, int> visit)
    {
        (int ofA, int ofB, int vectors) = (graph.Nodes[node.Inputs[0]].Width, graph.Nodes[node.Inputs[1]].Width, graph.Vectors);
        for (int to = 0; to < length; to++)
        {
            (int i, int j) = Math.DivRem(to, node.Width);
            int sample = i / vectors * vectors;
            for (int k = 0; k < ofA; k++)
            {
                visit((i * ofA) + k, node.Kind == GraphNodeKind.Dot ? ((sample + j) * ofB) + k : ((sample + k) * ofB) + j, to);
            }
        }
    }

    private static double Merge(GraphNodeKind kind, double[] x) => kind switch
    {
        GraphNodeKind.Add => x.Sum(),
        GraphNodeKind.Subtract => x[0] - x[1],
        GraphNodeKind.Multiply => x.Aggregate(static (product, value) => product * value),
        GraphNodeKind.Average => x.Average(),
        GraphNodeKind.Maximum => x.Max(),
        GraphNodeKind.Minimum => x.Min(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static double Slope(GraphNodeKind kind, double[] x, int operand) => kind switch
    {
        GraphNodeKind.Add => 1,
        GraphNodeKind.Subtract => operand == 0 ? 1 : -1,
        GraphNodeKind.Multiply => x.Where((_, i) => i != operand).Aggregate(1.0, static (product, value) => product * value),
        GraphNodeKind.Average => 1.0 / x.Length,
        GraphNodeKind.Maximum => x[operand] == x.Max() ? 1 : 0,
        GraphNodeKind.Minimum => x[operand] == x.Min() ? 1 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private double[] Dense(double[] x, string layer, Activation activation)
    {
        double[] z = Product(x, layer);
        return [.. z.Select(value => activation switch
        {
            Activation.Tanh => Math.Tanh(value),
            Activation.Sigmoid => Logistic(value),
            Activation.Swish => value * Logistic(value),
            _ => value,
        })];
    }

    private double[] Product(double[] x, string layer)
    {
        double[] kernel = _parameters[$"{layer}/kernel"];
        double[] bias = _parameters[$"{layer}/bias"];
        int units = bias.Length;
        int inputs = kernel.Length / units;
        double[] z = new double[x.Length / inputs * units];
        for (int i = 0; i < z.Length; i++)
        {
            (int row, int unit) = Math.DivRem(i, units);
            z[i] = bias[unit];
            for (int k = 0; k < inputs; k++)
            {
                z[i] += x[(row * inputs) + k] * kernel[(k * units) + unit];
            }
        }

        return z;
    }

    private void DenseBackward(double[] x, double[] y, double[] dy, string layer, Activation activation, double[] dx)
    {
        double[] kernel = _parameters[$"{layer}/kernel"];
        double[] kernelGradient = Gradients[$"{layer}/kernel"];
        double[] biasGradient = Gradients[$"{layer}/bias"];
        int units = biasGradient.Length;
        int inputs = kernel.Length / units;
        double[] z = activation == Activation.Swish ? Product(x, layer) : y;
        for (int i = 0; i < dy.Length; i++)
        {
            (int row, int unit) = Math.DivRem(i, units);
            double slope = dy[i] * activation switch
            {
                Activation.Tanh => 1 - (y[i] * y[i]),
                Activation.Sigmoid => y[i] * (1 - y[i]),
                Activation.Swish => Logistic(z[i]) * (1 + (z[i] * (1 - Logistic(z[i])))),
                _ => 1,
            };
            biasGradient[unit] += slope;
            for (int k = 0; k < inputs; k++)
            {
                kernelGradient[(k * units) + unit] += slope * x[(row * inputs) + k];
                dx[(row * inputs) + k] += slope * kernel[(k * units) + unit];
            }
        }
    }

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
