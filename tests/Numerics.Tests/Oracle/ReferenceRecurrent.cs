using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Oracle;

/// <summary>A recurrent layer in one direction or both, joined as the sketch says.</summary>
internal sealed class ReferenceRecurrent(RecurrentSketch sketch, int[] shape, ReferenceCell forward, ReferenceCell? backward) : ReferenceLayer
{
    private readonly int _units = sketch.Units;
    private double[] _left = [];
    private double[] _right = [];

    public override IEnumerable<ReferenceParameter> Parameters => [.. forward.Parameters, .. backward?.Parameters ?? []];

    public override double[] Forward(double[] x)
    {
        _left = forward.Forward(x);
        if (backward is null)
        {
            return Turned(_left);
        }

        _right = backward.Forward(x);
        return Turned(sketch.Bidirectional switch
        {
            BidirectionalMerge.Concat => Joined(_left, _right),
            BidirectionalMerge.Sum => [.. _left.Zip(_right, static (a, b) => a + b)],
            BidirectionalMerge.Mul => [.. _left.Zip(_right, static (a, b) => a * b)],
            _ => [.. _left.Zip(_right, static (a, b) => (a + b) / 2)],
        });
    }

    public override double[] Backward(double[] dy)
    {
        dy = Turned(dy);
        if (backward is null)
        {
            return forward.Backward(dy);
        }

        (double[] left, double[] right) = sketch.Bidirectional switch
        {
            BidirectionalMerge.Concat => (Half(dy, 0), Half(dy, 1)),
            BidirectionalMerge.Sum => (dy, dy),
            BidirectionalMerge.Mul => ([.. dy.Zip(_right, static (slope, b) => slope * b)], [.. dy.Zip(_left, static (slope, a) => slope * a)]),
            _ => ([.. dy.Select(static slope => slope / 2)], (double[])[.. dy.Select(static slope => slope / 2)]),
        };
        return [.. forward.Backward(left).Zip(backward.Backward(right), static (a, b) => a + b)];
    }

    private double[] Joined(double[] left, double[] right) =>
        [.. left.Chunk(_units).Zip(right.Chunk(_units), static (a, b) => a.Concat(b)).SelectMany(static row => row)];

    private double[] Half(double[] rows, int half) => [.. rows.Chunk(_units).Where((_, index) => index % 2 == half).SelectMany(static row => row)];

    // Backwards a sequence comes out in the order in which it is read.
    private double[] Turned(double[] y)
    {
        if (!sketch.GoBackwards || !sketch.ReturnSequences)
        {
            return y;
        }

        int columns = sketch.OutputOf(shape)[^1];
        return [.. y.Chunk(columns * shape[0]).SelectMany(sample => sample.Chunk(columns).Reverse().SelectMany(static row => row))];
    }
}

/// <summary>What drops out of the inputs and of the state, by sample, gate and column: what a value is multiplied with.</summary>
internal sealed record CellNoise(Func<int, int, int, double> Input, Func<int, int, int, double> State)
{
    public static readonly CellNoise None = new(static (_, _, _) => 1, static (_, _, _) => 1);
}

/// <summary>One cell along the steps of each sample, in the order of the steps or against it; its outputs stand at their steps.</summary>
internal sealed class ReferenceCell(
    RecurrentSketch sketch,
    int[] shape,
    bool isReversed,
    ReferenceParameter kernel,
    ReferenceParameter recurrent,
    ReferenceParameter? bias,
    CellNoise noise)
{
    private readonly int _steps = shape[0];
    private readonly int _inputs = shape[1];
    private readonly int _units = sketch.Units;
    private readonly int _gates = sketch.Cell switch { "SimpleRNN" => 1, "GRU" => 3, _ => 4 };
    private readonly bool _isResetAfter = sketch is { Cell: "GRU", ResetAfter: true };
    private readonly List<Step> _tape = [];
    private double[] _x = [];

    public IEnumerable<ReferenceParameter> Parameters => bias is null ? [kernel, recurrent] : [kernel, recurrent, bias];

    /// <summary>All a step has computed, by gate and unit.</summary>
    private sealed record Step(int Sample, int Time, double[] H, double[] C, double[][] Inputs, double[][] States, double[][] Gates, double[] NewC, double[] Reset);

    public double[] Forward(double[] x)
    {
        _x = x;
        _tape.Clear();
        int samples = x.Length / (_steps * _inputs);
        double[] y = new double[samples * (sketch.ReturnSequences ? _steps : 1) * _units];
        for (int sample = 0; sample < samples; sample++)
        {
            double[] h = new double[_units];
            double[] c = new double[_units];
            foreach (int time in Times())
            {
                (h, c) = Run(sample, time, h, c);
                h.CopyTo(y, sketch.ReturnSequences ? ((sample * _steps) + time) * _units : sample * _units);
            }
        }

        return y;
    }

    public double[] Backward(double[] dy)
    {
        foreach (ReferenceParameter parameter in Parameters)
        {
            parameter.Clear();
        }

        double[] dx = new double[_x.Length];
        double[] dh = new double[_units];
        double[] dc = new double[_units];
        int lastTime = isReversed ? 0 : _steps - 1;
        foreach (Step step in Enumerable.Reverse(_tape))
        {
            bool isLast = step.Time == lastTime;
            if (isLast)
            {
                Array.Clear(dh);
                Array.Clear(dc);
            }

            for (int unit = 0; unit < _units; unit++)
            {
                dh[unit] += sketch.ReturnSequences ? dy[(((step.Sample * _steps) + step.Time) * _units) + unit]
                    : isLast ? dy[(step.Sample * _units) + unit]
                    : 0;
            }

            (dh, dc) = Return(step, dh, dc, dx);
        }

        return dx;
    }

    private IEnumerable<int> Times() => isReversed ? Enumerable.Range(0, _steps).Reverse() : Enumerable.Range(0, _steps);

    private (double[] H, double[] C) Run(int sample, int time, double[] h, double[] c)
    {
        double[][] inputs = [.. Enumerable.Range(0, _gates).Select(gate => Sums(
            kernel, gate, _inputs, k => X(sample, time, k) * noise.Input(sample, gate, k), BiasOf(0, gate)))];
        double[][] states = [.. Enumerable.Range(0, _gates).Select(gate => Sums(
            recurrent, gate, _units, k => h[k] * noise.State(sample, gate, k), _isResetAfter ? BiasOf(1, gate) : static _ => 0))];
        double[][] gates = new double[_gates][];
        double[] reset = [];
        double[] newC = c;
        double[] newH;
        double Gate(int gate, int unit) => Functions.Value(sketch.Gate, inputs[gate][unit] + states[gate][unit]);
        switch (sketch.Cell)
        {
            case "SimpleRNN":
                newH = gates[0] = Units(unit => Functions.Value(sketch.Activation, inputs[0][unit] + states[0][unit]));
                break;
            case "GRU":
                gates[0] = Units(unit => Gate(0, unit));
                gates[1] = Units(unit => Gate(1, unit));
                if (!_isResetAfter)
                {
                    reset = Units(unit => gates[1][unit] * h[unit]);
                    states[2] = Sums(recurrent, 2, _units, k => reset[k] * noise.State(sample, 2, k), static _ => 0);
                }

                gates[2] = Units(unit => Functions.Value(
                    sketch.Activation, inputs[2][unit] + (_isResetAfter ? gates[1][unit] * states[2][unit] : states[2][unit])));
                newH = Units(unit => (gates[0][unit] * h[unit]) + ((1 - gates[0][unit]) * gates[2][unit]));
                break;
            default:
                gates[0] = Units(unit => Gate(0, unit));
                gates[1] = Units(unit => Gate(1, unit));
                gates[2] = Units(unit => Functions.Value(sketch.Activation, inputs[2][unit] + states[2][unit]));
                gates[3] = Units(unit => Gate(3, unit));
                newC = Units(unit => (gates[1][unit] * c[unit]) + (gates[0][unit] * gates[2][unit]));
                newH = Units(unit => gates[3][unit] * Functions.Value(sketch.Activation, newC[unit]));
                break;
        }

        _tape.Add(new Step(sample, time, h, c, inputs, states, gates, newC, reset));
        return (newH, newC);
    }

    private (double[] Dh, double[] Dc) Return(Step step, double[] dh, double[] dc, double[] dx)
    {
        double[] before = new double[_units];
        double[] memory = new double[_units];
        double[][] dInputs = [.. Enumerable.Range(0, _gates).Select(_ => new double[_units])];
        double[][] dStates = [.. Enumerable.Range(0, _gates).Select(_ => new double[_units])];
        double GateSlope(int gate, int unit) => Functions.Derivative(sketch.Gate, step.Inputs[gate][unit] + step.States[gate][unit]);
        switch (sketch.Cell)
        {
            case "SimpleRNN":
                dInputs[0] = dStates[0] = Units(unit => dh[unit] * Functions.Derivative(sketch.Activation, step.Inputs[0][unit] + step.States[0][unit]));
                break;
            case "GRU":
                ReturnGru(step, dh, dInputs, dStates, before, GateSlope);
                break;
            default:
                for (int unit = 0; unit < _units; unit++)
                {
                    double slope = dc[unit] + (dh[unit] * step.Gates[3][unit] * Functions.Derivative(sketch.Activation, step.NewC[unit]));
                    dInputs[0][unit] = slope * step.Gates[2][unit] * GateSlope(0, unit);
                    dInputs[1][unit] = slope * step.C[unit] * GateSlope(1, unit);
                    dInputs[2][unit] = slope * step.Gates[0][unit] * Functions.Derivative(sketch.Activation, step.Inputs[2][unit] + step.States[2][unit]);
                    dInputs[3][unit] = dh[unit] * Functions.Value(sketch.Activation, step.NewC[unit]) * GateSlope(3, unit);
                    memory[unit] = slope * step.Gates[1][unit];
                }

                dStates = dInputs;
                break;
        }

        for (int gate = 0; gate < _gates; gate++)
        {
            int of = gate;
            bool isOfReset = step.Reset.Length > 0 && gate == 2;
            AddProduct(kernel, gate, dInputs[gate], _inputs, k => X(step.Sample, step.Time, k) * noise.Input(step.Sample, of, k), (k, slope) =>
                dx[(((step.Sample * _steps) + step.Time) * _inputs) + k] += slope * noise.Input(step.Sample, of, k));
            if (!isOfReset)
            {
                AddProduct(recurrent, gate, dStates[gate], _units, k => step.H[k] * noise.State(step.Sample, of, k), (k, slope) =>
                    before[k] += slope * noise.State(step.Sample, of, k));
            }

            for (int unit = 0; unit < _units; unit++)
            {
                bias?.Add((gate * _units) + unit, dInputs[gate][unit]);
                if (_isResetAfter)
                {
                    bias?.Add(((_gates + gate) * _units) + unit, dStates[gate][unit]);
                }
            }
        }

        return (before, memory);
    }

    private void ReturnGru(Step step, double[] dh, double[][] dInputs, double[][] dStates, double[] before, Func<int, int, double> gateSlope)
    {
        double[] dReset = new double[_units];
        for (int unit = 0; unit < _units; unit++)
        {
            double update = step.Gates[0][unit];
            double product = _isResetAfter ? step.Gates[1][unit] * step.States[2][unit] : step.States[2][unit];
            before[unit] += dh[unit] * update;
            dInputs[0][unit] = dStates[0][unit] = dh[unit] * (step.H[unit] - step.Gates[2][unit]) * gateSlope(0, unit);
            dInputs[2][unit] = dh[unit] * (1 - update) * Functions.Derivative(sketch.Activation, step.Inputs[2][unit] + product);
            dStates[2][unit] = _isResetAfter ? dInputs[2][unit] * step.Gates[1][unit] : dInputs[2][unit];
            dReset[unit] = _isResetAfter ? dInputs[2][unit] * step.States[2][unit] : 0;
        }

        if (!_isResetAfter)
        {
            AddProduct(recurrent, 2, dStates[2], _units, k => step.Reset[k] * noise.State(step.Sample, 2, k), (k, slope) =>
            {
                slope *= noise.State(step.Sample, 2, k);
                dReset[k] += slope * step.H[k];
                before[k] += slope * step.Gates[1][k];
            });
        }

        for (int unit = 0; unit < _units; unit++)
        {
            dInputs[1][unit] = dStates[1][unit] = dReset[unit] * gateSlope(1, unit);
        }
    }

    private void AddProduct(ReferenceParameter w, int gate, double[] dy, int rows, Func<int, double> x, Action<int, double> receive)
    {
        for (int k = 0; k < rows; k++)
        {
            double sum = 0;
            for (int unit = 0; unit < _units; unit++)
            {
                int index = (k * _gates * _units) + (gate * _units) + unit;
                w.Add(index, x(k) * dy[unit]);
                sum += w.Values[index] * dy[unit];
            }

            receive(k, sum);
        }
    }

    private double[] Sums(ReferenceParameter w, int gate, int rows, Func<int, double> x, Func<int, double> start) => Units(unit =>
        start(unit) + Enumerable.Range(0, rows).Sum(k => x(k) * w.Values[(k * _gates * _units) + (gate * _units) + unit]));

    private Func<int, double> BiasOf(int row, int gate) =>
        unit => bias?.Values[(((row * _gates) + gate) * _units) + unit] ?? 0;

    private double[] Units(Func<int, double> value) => [.. Enumerable.Range(0, _units).Select(value)];

    private double X(int sample, int time, int k) => _x[(((sample * _steps) + time) * _inputs) + k];
}
