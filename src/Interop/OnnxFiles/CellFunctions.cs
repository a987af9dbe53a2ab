namespace Unroll.Interop.OnnxFiles;

/// <summary>A function of a cell: an activation of <c>scale·x + offset</c>, where kernels and bias take in the straight line.</summary>
internal sealed record CellFunction(Activation Activation, float Scale = 1, float Offset = 0)
{
    // So near to 1 the file's coefficient is only rounded.
    private const float Rounding = 6e-6f;

    /// <summary>clip(alpha·x + beta, 0, 1).</summary>
    public static CellFunction HardSigmoid(float alpha, float beta)
    {
        float scale = 6 * alpha;
        return new CellFunction(Activation.HardSigmoid, Math.Abs(scale - 1) < Rounding ? 1 : scale, 6 * (beta - 0.5f));
    }

    /// <summary>Those that the formulas of a cell can be made of, the commonest first; of Keras 2's hard_sigmoid too.</summary>
    public static IEnumerable<(CellFunction Function, Func<double, double> Of)> Known =>
        [.. KnownFunction.All.Select(static known => (new CellFunction(known.Activation), known.Function)), (HardSigmoid(0.2f, 0.5f), static x => Math.Clamp((0.2 * x) + 0.5, 0, 1))];

    /// <summary>Whether it is an activation as it stands.</summary>
    public bool IsPlain => Scale == 1 && Offset == 0;
}

/// <summary>The functions of one direction of a recurrence, as a layer has them.</summary>
/// <param name="Gate">Of the gates; of a cell without gates, of the state.</param>
/// <param name="Candidate">Of what goes into the cell.</param>
internal sealed record CellFunctions(CellFunction Gate, CellFunction Candidate)
{
    /// <summary>The function of a gate in the layer's order.</summary>
    public CellFunction Of(int gate) => gate == 2 ? Candidate : Gate;

    /// <summary>Numbers whose last axis is that of the gates, multiplied with what the functions have before their arguments.</summary>
    public float[] Scale(float[] values, int units, int gates) => [.. values.Select((value, i) => value * Of(i / units % gates).Scale)];

    /// <summary>Those of each direction of an operator.</summary>
    /// <exception cref="RefusedNodeException">No layer has them.</exception>
    public static CellFunctions[] Read(OnnxCall call, int directions)
    {
        // f of the gates, g of what goes into the cell, h of what comes out.
        string[] defaults = call.Operator switch { "LSTM" => ["Sigmoid", "Tanh", "Tanh"], "GRU" => ["Sigmoid", "Tanh"], _ => ["Tanh"] };
        string[] given = call.Texts("activations");
        string[] names = given.Length == 0 ? [.. Enumerable.Repeat(defaults, directions).SelectMany(static all => all)] : given;

        // Coefficients are those of the functions that have some, in their order.
        var alphas = new Queue<float>(call.Floats("activation_alpha") ?? []);
        var betas = new Queue<float>(call.Floats("activation_beta") ?? []);
        CellFunction[][] functions = [.. names.Select(name => Read(name, alphas, betas)).Chunk(defaults.Length)];
        CellFunctions[] read = [.. functions.Select(static own => new CellFunctions(own[0], own.Length > 1 ? own[1] : own[0]))];

        // What comes out of a cell is a function of its memory, which no kernel scales.
        bool fits = names.Length == directions * defaults.Length
            && functions.All(static own => own.Length < 3 || (own[2].IsPlain && own[2].Activation == own[1].Activation))
            && read.All(own => own.Gate.Activation == read[0].Gate.Activation && own.Candidate.Activation == read[0].Candidate.Activation);
        return fits
            ? read
            : throw OnnxCall.Refusal("activations", $"one function for the gates and one for the cell, the same in both directions, are expected, and the file says {string.Join(", ", names)}", "use these");
    }

    private static CellFunction Read(string name, Queue<float> alphas, Queue<float> betas)
    {
        float Next(Queue<float> from, float fallback) => from.TryDequeue(out float value) ? value : fallback;
        switch (name.ToUpperInvariant())
        {
            case "SIGMOID":
                return new CellFunction(Activation.Sigmoid);
            case "TANH":
                return new CellFunction(Activation.Tanh);
            case "RELU":
                return new CellFunction(Activation.Relu);
            case "SOFTSIGN":
                return new CellFunction(Activation.Softsign);
            case "SOFTPLUS":
                return new CellFunction(Activation.Softplus);
            case "ELU" when Next(alphas, 1) == 1:
                return new CellFunction(Activation.Elu);
            case "LEAKYRELU" when Next(alphas, 0.01f) == 0.2f:
                return new CellFunction(Activation.LeakyRelu);
            case "SCALEDTANH" when Next(alphas, float.NaN) == 1 && Next(betas, float.NaN) is float slope and not float.NaN:
                return new CellFunction(Activation.Tanh, slope);
            case "AFFINE" when Next(alphas, float.NaN) is float scale and not float.NaN && Next(betas, float.NaN) is float offset and not float.NaN:
                return new CellFunction(Activation.Linear, scale, offset);
            case "HARDSIGMOID":
                return CellFunction.HardSigmoid(Next(alphas, 0.2f), Next(betas, 0.5f));
            default:
                throw OnnxCall.Refusal(
                    "activations",
                    $"Sigmoid, Tanh, Relu, Softsign, Softplus, HardSigmoid, Affine, Elu of 1, LeakyRelu of 0.2 and ScaledTanh of 1 are read, and the file says {name}",
                    "use one of these");
        }
    }
}
