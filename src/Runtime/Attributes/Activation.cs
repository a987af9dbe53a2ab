namespace Unroll;

/// <summary>The activation functions a layer can apply. Definitions and constants are those of <c>keras.activations</c> (Keras 3).</summary>
/// <remarks>The generator mirrors these members by value: add new ones at the end.</remarks>
public enum Activation
{
    /// <summary><c>y = x</c>.</summary>
    Linear,

    /// <summary>Rectified linear unit, <c>y = max(x, 0)</c>.</summary>
    Relu,

    /// <summary><c>y = x</c> for positive x, else <c>0.2·x</c> (the slope of <c>keras.activations.leaky_relu</c>).</summary>
    LeakyRelu,

    /// <summary>Exponential linear unit (Clevert et al., 2015) with α = 1: <c>y = x</c> for positive x, else <c>eˣ − 1</c>.</summary>
    Elu,

    /// <summary>Scaled exponential linear unit (Klambauer et al., 2017): <c>1.0507·x</c> for positive x, else <c>1.0507·1.6733·(eˣ − 1)</c>.</summary>
    Selu,

    /// <summary>Gaussian error linear unit (Hendrycks and Gimpel, 2016), exact form: <c>y = x·½·(1 + erf(x/√2))</c>.</summary>
    Gelu,

    /// <summary>The tanh approximation of GELU: <c>y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))</c>.</summary>
    GeluTanh,

    /// <summary>Swish, also called SiLU: <c>y = x·sigmoid(x)</c>.</summary>
    Swish,

    /// <summary><c>y = 1/(1 + e⁻ˣ)</c>.</summary>
    Sigmoid,

    /// <summary><c>y = clip(x/6 + ½, 0, 1)</c>, the Keras 3 definition.</summary>
    HardSigmoid,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary><c>y = ln(1 + eˣ)</c>.</summary>
    Softplus,

    /// <summary><c>y = x/(1 + |x|)</c>.</summary>
    Softsign,

    /// <summary>
    /// <c>yᵢ = e^(xᵢ)/Σⱼ e^(xⱼ)</c> over the last axis, computed with the row maximum subtracted; 0 where it would be less than e⁻⁸⁰ of
    /// the largest.
    /// </summary>
    Softmax,

    /// <summary><c>y = x·tanh(softplus(x))</c> (Misra, 2019).</summary>
    Mish,

    /// <summary><c>y = eˣ</c>.</summary>
    Exponential,

    /// <summary><c>y = min(max(x, 0), 6)</c>.</summary>
    Relu6,

    /// <summary>Also called hard SiLU (Howard et al., 2019): <c>y = x·clip(x/6 + ½, 0, 1)</c>.</summary>
    HardSwish,

    /// <summary>Continuously differentiable exponential linear unit (Barron, 2017) with α = 1: <c>y = max(x, 0) + min(α·(e^(x/α) − 1), 0)</c>.</summary>
    Celu,

    /// <summary><c>yᵢ = xᵢ − ln Σⱼ e^(xⱼ)</c> over the last axis.</summary>
    LogSoftmax,

    /// <summary><c>y = ln(1/(1 + e⁻ˣ))</c>.</summary>
    LogSigmoid,

    /// <summary><c>y = clip(x, −1, 1)</c>.</summary>
    HardTanh,

    /// <summary><c>y = x − tanh(x)</c>.</summary>
    TanhShrink,

    /// <summary><c>y = x − λ</c> above λ, <c>x + λ</c> below −λ, else 0; λ = 0.5.</summary>
    SoftShrink,

    /// <summary><c>y = x</c> where |x| &gt; λ, else 0; λ = 0.5.</summary>
    HardShrink,

    /// <summary><c>y = (x + √(x² + b))/2</c>, b = 4 (Barron, 2021).</summary>
    Squareplus,

    /// <summary><c>y = x</c> where x &gt; θ, else 0; θ = 1 (the layer <c>ThresholdedReLU</c> of Keras).</summary>
    ThresholdedRelu,
}
